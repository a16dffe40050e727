package localhsm.keys;

import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import localhsm.crypto.WorkClass;

/** Runs work where its class says. */
public interface Workers {

  /**
   * Runs the work; inline work at once, on the calling thread. A full queue fails the stage with
   * {@link localhsm.problem.Problems#busy}.
   */
  <T> CompletionStage<T> run(WorkClass workClass, Supplier<T> work);
}
