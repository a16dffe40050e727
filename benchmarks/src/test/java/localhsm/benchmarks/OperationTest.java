package localhsm.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import localhsm.server.http.Headers;
import localhsm.server.http.Request;
import localhsm.server.http.Response;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OperationTest {
  private static final Hsm HSM = new Hsm();

  @AfterAll
  static void close() {
    HSM.close();
  }

  @ParameterizedTest
  @EnumSource
  void isAnsweredByTheWholePipeline(Operation operation) {
    Operation.Prepared prepared = operation.prepare(HSM);
    assertThat(prepared.bare().get()).isNotNull();
    Request request = HSM.post(prepared.path(), prepared.json());
    Response answer = HSM.call(request);
    assertThat(new String(answer.body(), StandardCharsets.UTF_8))
        .contains("\"kid\":\"https://hsm1.managedhsm.localhost:9443/keys/", "\"value\":\"");
    assertThat(answer.headers()).extracting(Response.Field::name).contains("x-ms-request-id");
    assertThat(HSM.replay(request).body()).isEqualTo(answer.body());
  }

  @Test
  void needsItsToken() {
    Request r = HSM.post("/keys/any/sign", "{}");
    Request bare =
        new Request(
            r.id(),
            r.verb(),
            r.host(),
            r.target(),
            Headers.NONE,
            r.body(),
            r.client(),
            r.startedNanos());
    assertThatThrownBy(() -> HSM.call(bare)).hasMessageStartingWith("401");
  }

  @Test
  void failsWhenTheAnswerIsARefusal() {
    Request unknown = HSM.post("/keys/unknown/sign", "{\"alg\":\"ES256\",\"value\":\"AA\"}");
    assertThatThrownBy(() -> HSM.call(unknown)).hasMessageStartingWith("404");
  }

  @Test
  void hasALabelOfItsOwn() {
    List<Operation> all = Arrays.asList(Operation.values());
    assertThat(all).extracting(Operation::label).doesNotHaveDuplicates().contains("RS256 sign");
  }
}
