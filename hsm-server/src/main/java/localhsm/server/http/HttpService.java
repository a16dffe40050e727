package localhsm.server.http;

import java.util.UUID;
import java.util.concurrent.CompletionStage;
import localhsm.problem.Problem;

/** What stands behind the network: whole requests in, whole answers out. */
public interface HttpService {

  /** Answers a request; never fails and never blocks. */
  CompletionStage<Response> handle(Request request);

  /** The answer to bytes that never became a request, with the envelope and the fixed headers. */
  Response refuse(UUID activity, Verb verb, Problem problem);
}
