package localhsm.server.pipeline;

import java.util.concurrent.CompletionStage;

/**
 * One control that a request must pass. It completes with the next exchange, nearly always at once,
 * or fails with a {@link localhsm.problem.ProblemException}.
 */
@FunctionalInterface
public interface Control {

  /** Looks at the exchange and gives the next one. */
  CompletionStage<Exchange> check(Exchange exchange);
}
