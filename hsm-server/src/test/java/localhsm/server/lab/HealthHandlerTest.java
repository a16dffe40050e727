package localhsm.server.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import localhsm.problem.Problem;
import localhsm.problem.ProblemException;
import localhsm.server.http.Response;
import localhsm.server.http.TestRequests;
import localhsm.server.pipeline.Exchange;
import localhsm.server.pipeline.Router;
import org.junit.jupiter.api.Test;

class HealthHandlerTest {
  private final AtomicBoolean ready = new AtomicBoolean(true);
  private final Router router = new Router(LabRoutes.health(ready::get));

  private Response get(String path) {
    Exchange exchange = Exchange.of(TestRequests.get(path), TestRequests.SITE);
    Exchange routed = router.check(exchange).toCompletableFuture().join();
    return routed.routed().route().handler().handle(routed).toCompletableFuture().join();
  }

  @Test
  void saysOkWhenWell() {
    for (String path : new String[] {"/_localhsm/health/live", "/_localhsm/health/ready"}) {
      Response response = get(path);
      assertThat(response.status()).isEqualTo(200);
      assertThat(new String(response.body(), StandardCharsets.UTF_8))
          .isEqualTo("{\"status\":\"ok\"}");
    }
  }

  @Test
  void livesBeforeItIsReady() {
    ready.set(false);
    assertThat(get("/_localhsm/health/live").status()).isEqualTo(200);
    assertThat(
            catchThrowableOfType(ProblemException.class, () -> get("/_localhsm/health/ready"))
                .problem())
        .isInstanceOf(Problem.Unavailable.class);
  }
}
