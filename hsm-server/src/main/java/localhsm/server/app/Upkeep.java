package localhsm.server.app;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does in the background what has become due. Looks for it every second, because a change of a key
 * or of the clock can bring the next moment nearer at any time; a failure is tried again later.
 */
final class Upkeep implements AutoCloseable {
  /** How many looks are left out after a failure. */
  static final int REST = 30;

  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final long STOP_MILLIS = 1000;

  private final Work work;
  private final Clock clock;
  private final Duration pause;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final AtomicInteger rest = new AtomicInteger();
  private final Thread thread = new Thread(this::run, "upkeep");
  private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

  /** What has to be done at times that nobody asks for. */
  interface Work {

    /** When something is to be done next, or should have been. */
    Optional<Instant> nextDue();

    /** Does all that is due; completes when it is done. */
    CompletionStage<Void> runDue();
  }

  /** Work that is due by the given clock. */
  Upkeep(Work work, Clock clock) {
    this(work, clock, PAUSE);
  }

  Upkeep(Work work, Clock clock, Duration pause) {
    this.work = work;
    this.clock = clock;
    this.pause = pause;
  }

  /** Looks for work from now on, for the first time after a pause. */
  void start() {
    thread.setDaemon(true);
    thread.start();
  }

  /** Does what is due now, after what was begun earlier. */
  synchronized CompletionStage<Void> runDue() {
    last = last.exceptionally(failure -> null).thenCompose(done -> work.runDue());
    return last;
  }

  private void run() {
    try {
      while (!stop.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Never waits, so that {@link #close} need not; a stage catches whatever is thrown. */
  void look() {
    if (busy() || rest.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      return;
    }
    CompletableFuture.completedStage(work)
        .thenCompose(
            what -> isDue(what) ? runDueOrRest() : CompletableFuture.<Void>completedStage(null))
        .exceptionally(
            failure -> {
              rest.set(REST);
              LOG.warn("What is due could not be done and will be tried again", failure);
              return null;
            });
  }

  /** What is still due afterwards failed for a reason that was logged already. */
  private CompletionStage<Void> runDueOrRest() {
    return runDue().thenAccept(done -> rest.set(isDue(work) ? REST : 0));
  }

  private synchronized boolean busy() {
    return !last.isDone();
  }

  private boolean isDue(Work what) {
    return what.nextDue().filter(due -> !due.isAfter(clock.instant())).isPresent();
  }

  /** Begins nothing more. */
  @Override
  public void close() {
    stop.countDown();
    try {
      thread.join(STOP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
