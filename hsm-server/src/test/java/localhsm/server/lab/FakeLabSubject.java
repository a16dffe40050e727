package localhsm.server.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Notes what it is asked; completes at once, or with what it is given. */
public final class FakeLabSubject implements LabSubject {
  private final List<String> asked = new ArrayList<>();
  private CompletableFuture<Void> outcome = CompletableFuture.completedFuture(null);

  /** What it was asked, in order. */
  public List<String> asked() {
    return List.copyOf(asked);
  }

  /** Takes as long as the given stage from now on. */
  void answerWith(CompletableFuture<Void> stage) {
    outcome = stage;
  }

  @Override
  public CompletionStage<Void> catchUp() {
    asked.add("catch up");
    return outcome;
  }

  @Override
  public CompletionStage<Void> removeKeys() {
    asked.add("remove keys");
    return outcome;
  }
}
