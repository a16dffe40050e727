package localhsm.server.pipeline;

import java.util.concurrent.CompletionStage;
import localhsm.server.http.Response;

/** Hears of every request; the audit trail implements it. */
public interface RequestListener {

  /** Called when all controls have passed; may refuse with a ProblemException. */
  void beforeHandler(Exchange exchange);

  /** Called with every answer, which leaves when the stage completes. */
  CompletionStage<Void> answered(Exchange exchange, Response response);
}
