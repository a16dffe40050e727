package localhsm.keys;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import localhsm.work.WorkClass;
import localhsm.work.Workers;

/** Runs everything at once on the calling thread, and remembers as what. */
public final class DirectWorkers implements Workers {
  private final List<WorkClass> ran = new ArrayList<>();

  @Override
  public synchronized <T> CompletionStage<T> run(WorkClass workClass, Supplier<T> work) {
    ran.add(workClass);
    return CompletableFuture.completedStage(null).thenApply(nothing -> work.get());
  }

  /** The work classes so far, in order. */
  public synchronized List<WorkClass> ran() {
    return List.copyOf(ran);
  }
}
