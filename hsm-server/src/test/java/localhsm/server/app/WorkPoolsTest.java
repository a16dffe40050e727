package localhsm.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import localhsm.problem.Problem;
import localhsm.problem.ProblemException;
import localhsm.work.WorkClass;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The pool for computing, when its queue is full,")
class WorkPoolsTest {
  private final CountDownLatch released = new CountDownLatch(1);
  private final WorkPools pools = WorkPools.start(1);

  @AfterEach
  void release() {
    released.countDown();
  }

  private boolean occupied() {
    try {
      return released.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void fill() {
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 100_000; i++) {
                var unused = pools.run(WorkClass.CPU, this::occupied);
              }
            })
        .isInstanceOfSatisfying(
            ProblemException.class,
            no -> assertThat(no.problem().kind()).isEqualTo(Problem.Kind.UNAVAILABLE));
  }

  @Test
  void refusesAtOnceAndLeavesCommitsAlone() {
    fill();
    assertThat(pools.run(WorkClass.WRITE, () -> "written").toCompletableFuture().join())
        .isEqualTo("written");
    assertThat(pools.run(WorkClass.INLINE, () -> "here").toCompletableFuture().join())
        .isEqualTo("here");
  }

  @Test
  void isClosedWithoutComputingWhatNobodyReads() {
    fill();
    pools.close();
    assertThatThrownBy(() -> pools.run(WorkClass.WRITE, () -> "too late"))
        .isInstanceOf(ProblemException.class);
  }
}
