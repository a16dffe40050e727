package localhsm.server.lab;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import localhsm.problem.Problems;
import localhsm.server.pipeline.Control;
import localhsm.server.pipeline.Exchange;

/** To any other machine the lab does not exist. */
public final class LoopbackOnly implements Control {

  @Override
  public CompletionStage<Exchange> check(Exchange exchange) {
    if (!exchange.request().client().getAddress().isLoopbackAddress()) {
      throw Problems.noSuchPath();
    }
    return CompletableFuture.completedStage(exchange);
  }
}
