package localhsm.server.lab;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import localhsm.server.http.Response;
import localhsm.server.pipeline.Exchange;
import localhsm.server.pipeline.Handler;

/** Tells what time it is for keys. */
final class ShowClockHandler implements Handler {
  private final LabClock clock;

  ShowClockHandler(LabClock clock) {
    this.clock = clock;
  }

  @Override
  public CompletionStage<Response> handle(Exchange exchange) {
    return CompletableFuture.completedStage(Response.ok(ClockJson.write(clock.read())));
  }
}
