package localhsm.server.pipeline;

import java.util.concurrent.CompletionStage;
import localhsm.server.http.Response;

/** Does three things: reads its JSON into a command, calls one domain method, writes the answer. */
@FunctionalInterface
public interface Handler {

  /** Answers a routed exchange that passed all controls. */
  CompletionStage<Response> handle(Exchange exchange);
}
