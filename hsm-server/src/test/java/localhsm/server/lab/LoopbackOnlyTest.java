package localhsm.server.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import localhsm.problem.Problem;
import localhsm.problem.ProblemException;
import localhsm.server.http.TestRequests;
import localhsm.server.pipeline.Exchange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackOnlyTest {

  private static Exchange from(String client) {
    return Exchange.of(
        TestRequests.from(client, TestRequests.get("/_localhsm/health/live")), TestRequests.SITE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"})
  void letsThisMachinePass(String client) {
    Exchange exchange = from(client);
    assertThat(new LoopbackOnly().check(exchange)).isCompletedWithValue(exchange);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"10.0.0.1", "192.0.2.1", "::", "0.0.0.0", "::2", "fe80::1", "::ffff:10.0.0.1"})
  void doesNotExistForOthers(String client) {
    assertThat(
            catchThrowableOfType(
                    ProblemException.class, () -> new LoopbackOnly().check(from(client)))
                .problem()
                .kind())
        .isEqualTo(Problem.Kind.NOT_FOUND);
  }
}
