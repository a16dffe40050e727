package localhsm.server.lab;

import java.util.concurrent.CompletionStage;
import localhsm.server.http.Response;
import localhsm.server.json.JsonBody;
import localhsm.server.pipeline.Exchange;
import localhsm.server.pipeline.Handler;

/** Changes the time for keys; answers after what became due is done. */
final class ChangeClockHandler implements Handler {
  private final LabClock clock;
  private final LabSubject subject;

  ChangeClockHandler(LabClock clock, LabSubject subject) {
    this.clock = clock;
    this.subject = subject;
  }

  @Override
  public CompletionStage<Response> handle(Exchange exchange) {
    clock.change(ClockJson.read(JsonBody.of(exchange.request())));
    return subject.catchUp().thenApply(done -> Response.ok(ClockJson.write(clock.read())));
  }
}
