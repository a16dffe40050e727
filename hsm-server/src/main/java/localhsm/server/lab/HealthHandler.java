package localhsm.server.lab;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import localhsm.problem.Problems;
import localhsm.server.http.Response;
import localhsm.server.pipeline.Exchange;
import localhsm.server.pipeline.Handler;

/** Answers whether the HSM is well: 200, or 503 with {@code Retry-After}. */
final class HealthHandler implements Handler {
  private final BooleanSupplier well;

  HealthHandler(BooleanSupplier well) {
    this.well = well;
  }

  @Override
  public CompletionStage<Response> handle(Exchange exchange) {
    if (!well.getAsBoolean()) {
      throw Problems.notReady();
    }
    return CompletableFuture.completedStage(Response.ok(HealthJson.ok()));
  }
}
