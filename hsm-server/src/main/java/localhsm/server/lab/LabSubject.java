package localhsm.server.lab;

import java.util.concurrent.CompletionStage;

/** What the lab asks of the HSM that it works on. */
public interface LabSubject {

  /** Does what has become due by the clock of keys; completes when it is done. */
  CompletionStage<Void> catchUp();

  /** Removes every key; completes when that is durable. */
  CompletionStage<Void> removeKeys();
}
