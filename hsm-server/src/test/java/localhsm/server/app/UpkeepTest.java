package localhsm.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import localhsm.keys.SettableClock;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("Upkeep")
class UpkeepTest {
  private static final Instant NOW = Instant.parse("2026-08-01T12:00:00Z");

  private final SettableClock clock = new SettableClock(NOW);
  private final FakeWork work = new FakeWork();
  private final Upkeep upkeep = new Upkeep(work, clock);

  /** Work whose stages the test completes. */
  private static final class FakeWork implements Upkeep.Work {
    private Optional<Instant> next = Optional.empty();
    private Queue<CompletableFuture<Void>> outcomes = new ArrayDeque<>();
    private int runs;

    @Override
    public Optional<Instant> nextDue() {
      return next;
    }

    @Override
    public CompletionStage<Void> runDue() {
      runs++;
      CompletableFuture<Void> outcome = outcomes.poll();
      return outcome == null ? CompletableFuture.completedFuture(null) : outcome;
    }

    CompletableFuture<Void> pending() {
      CompletableFuture<Void> outcome = new CompletableFuture<>();
      outcomes.add(outcome);
      return outcome;
    }
  }

  @Nested
  @DisplayName("at each look")
  class AtEachLook {

    @Test
    void doesNothingWhenNothingIsScheduled() {
      upkeep.look();

      assertThat(work.runs).isZero();
    }

    @Test
    void waitsForTheMoment() {
      work.next = Optional.of(NOW.plusSeconds(60));
      upkeep.look();
      assertThat(work.runs).isZero();

      clock.set(NOW.plusSeconds(60));
      upkeep.look();
      assertThat(work.runs).isOne();
    }

    @Test
    void doesNotLetWhatFailsQuietlyRunAllTheTime() {
      work.next = Optional.of(NOW);
      upkeep.look();
      upkeep.look();

      assertThat(work.runs).as("still due after the first run").isOne();
    }

    @Test
    void beginsNothingBeforeTheEarlierWorkIsDone() {
      CompletableFuture<Void> first = work.pending();
      work.next = Optional.of(NOW);
      upkeep.look();
      upkeep.look();
      assertThat(work.runs).isOne();

      work.next = Optional.empty();
      first.complete(null);
      work.next = Optional.of(NOW);
      upkeep.look();
      assertThat(work.runs).isEqualTo(2);
    }

    @Test
    void triesAFailureAgainAfterARest() {
      work.pending().completeExceptionally(new IllegalStateException("the disk is full"));
      work.next = Optional.of(NOW);
      upkeep.look();

      for (int i = 0; i < Upkeep.REST; i++) {
        upkeep.look();
        assertThat(work.runs).isOne();
      }
      upkeep.look();
      assertThat(work.runs).isEqualTo(2);
    }
  }

  @Nested
  @DisplayName("on request")
  class OnRequest {

    @Test
    void runsAfterWhatWasBegunEarlier() {
      CompletableFuture<Void> first = work.pending();
      CompletableFuture<Void> begun = upkeep.runDue().toCompletableFuture();
      CompletableFuture<Void> second = upkeep.runDue().toCompletableFuture();
      assertThat(work.runs).isOne();
      assertThat(begun).isNotDone();

      first.completeExceptionally(new IllegalStateException("the disk is full"));

      assertThat(begun).isCompletedExceptionally();
      assertThat(work.runs).isEqualTo(2);
      assertThat(second).isCompleted();
    }
  }

  @Nested
  @DisplayName("that is started")
  class Started {

    @Test
    void looksAgainAndAgainUntilItIsClosed() throws InterruptedException {
      CountDownLatch looks = new CountDownLatch(3);
      Upkeep.Work counting =
          new Upkeep.Work() {
            @Override
            public Optional<Instant> nextDue() {
              looks.countDown();
              throw new IllegalStateException("a failure does not stop it");
            }

            @Override
            public CompletionStage<Void> runDue() {
              return CompletableFuture.completedStage(null);
            }
          };
      try (Upkeep running = new Upkeep(counting, clock, Duration.ofNanos(1000))) {
        running.start();
        assertThat(looks.await(30, TimeUnit.SECONDS)).isTrue();
      }
    }

    @Test
    void mayBeClosedWithoutAStart() {
      upkeep.close();

      assertThat(work.runs).isZero();
    }
  }
}
