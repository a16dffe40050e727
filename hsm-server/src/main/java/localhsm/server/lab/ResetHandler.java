package localhsm.server.lab;

import java.util.concurrent.CompletionStage;
import localhsm.server.http.Response;
import localhsm.server.pipeline.Exchange;
import localhsm.server.pipeline.Handler;

/** Brings back the state of a fresh start: no keys, real time. Tokens stay valid. */
final class ResetHandler implements Handler {
  private static final int NO_CONTENT = 204;

  private final LabClock clock;
  private final LabSubject subject;

  ResetHandler(LabClock clock, LabSubject subject) {
    this.clock = clock;
    this.subject = subject;
  }

  @Override
  public CompletionStage<Response> handle(Exchange exchange) {
    return subject
        .removeKeys()
        .thenApply(
            done -> {
              clock.resume();
              return Response.of(NO_CONTENT, "");
            });
  }
}
