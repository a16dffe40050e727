package localhsm.server.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import localhsm.server.http.Verb;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("GET /_localhsm/clock")
class ShowClockHandlerTest {

  @Test
  void tellsRealTimeUntilItIsChanged() {
    assertThat(
            new String(
                new LabApi().send(Verb.GET, "/_localhsm/clock", "").body(), StandardCharsets.UTF_8))
        .isEqualTo("{\"frozen\":false,\"now\":1790000000,\"offset\":0,\"tokens\":false}");
  }
}
