package localhsm.server.lab;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import localhsm.problem.Problems;
import localhsm.server.http.Verb;
import localhsm.server.pipeline.Control;
import localhsm.server.pipeline.Exchange;

/**
 * Lets no web page press the buttons of the lab: everything but GET needs a header that a browser
 * sends to another origin only after a preflight request, which nothing here answers.
 */
public final class PressedOnPurpose implements Control {
  private static final String HEADER = "Localhsm-Lab";

  @Override
  public CompletionStage<Exchange> check(Exchange exchange) {
    boolean reads = exchange.request().verb() == Verb.GET;
    if (!reads && exchange.request().headers().single(HEADER).filter("1"::equals).isEmpty()) {
      throw Problems.labHeaderMissing(HEADER + ": 1");
    }
    return CompletableFuture.completedStage(exchange);
  }
}
