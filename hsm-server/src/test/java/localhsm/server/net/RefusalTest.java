package localhsm.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A hostile request")
@ParameterizedClass
@EnumSource(
    value = TlsEngine.class,
    names = {"OPENSSL", "JDK"})
class RefusalTest {
  private final FakeService service = FakeService.echo();
  private final TestServer server;

  RefusalTest(TlsEngine engine) {
    server = TestServer.start(engine, service);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  static List<HostileRequests.Case> cases() {
    return HostileRequests.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  @DisplayName("is refused and ends the connection:")
  void isRefused(HostileRequests.Case hostile) {
    int refused = service.refused.size();
    int handled = service.requests.size();
    try (RawClient client = server.connect()) {
      RawClient.Answer answer = client.send(hostile.bytes()).read();

      assertThat(answer.status()).isEqualTo(hostile.status());
      assertThat(answer.has("Connection: close")).isTrue();
      assertThat(answer.has("Content-Type: application/json; charset=utf-8")).isTrue();
      assertThat(client.closed()).isTrue();
    }
    assertThat(service.refused).hasSize(refused + 1).doesNotHaveDuplicates();
    assertThat(service.requests).as("nothing reaches the service").hasSize(handled);
  }
}
