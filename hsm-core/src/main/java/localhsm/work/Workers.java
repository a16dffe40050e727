package localhsm.work;

import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Runs work where its class says. */
public interface Workers {

  /**
   * Runs the work; inline work at once, on the calling thread.
   *
   * @return what the work gave, or its failure
   * @throws localhsm.problem.ProblemException what inline work throws, and {@link
   *     localhsm.problem.Problems#busy} when the queue is full
   */
  <T> CompletionStage<T> run(WorkClass workClass, Supplier<T> work);
}
