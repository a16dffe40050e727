package localhsm.keys.lifecycle;

import static localhsm.keys.lifecycle.Rig.NOW;
import static localhsm.keys.lifecycle.Rig.done;
import static localhsm.keys.lifecycle.Rig.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import localhsm.crypto.SignAlgorithm;
import localhsm.id.KeyId;
import localhsm.id.KeyName;
import localhsm.keys.Deletion;
import localhsm.keys.FoundKey;
import localhsm.keys.KeyPage;
import localhsm.keys.KeyRecord;
import localhsm.keys.KeyUse;
import localhsm.problem.Problem;
import localhsm.problem.ProblemException;
import localhsm.work.WorkClass;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class DeletedKeysTest {
  private static final KeyName NAME = new KeyName("My-Key");
  private static final KeyName OTHER_CASE = new KeyName("MY-KEY");
  private static final Problem NOT_FOUND =
      new Problem.NotFound("KeyNotFound", "Key not found: ", Optional.of("/deletedkeys/My-Key"));

  private final Rig rig = new Rig();
  private final DeletedKeys deletedKeys = rig.deletedKeys;

  private KeyRecord twoVersions() {
    rig.create("My-Key");
    rig.create("My-Key");
    return rig.record("My-Key");
  }

  @Nested
  class Deleting {
    @Test
    void takesTheKeyAwayAtOnceWithAllItsVersions() {
      KeyRecord before = twoVersions();
      DeletedKey deleted = done(deletedKeys.delete(OTHER_CASE));
      assertThat(deleted)
          .isEqualTo(
              new DeletedKey(before.found(), new Deletion(NOW, NOW.plus(Duration.ofDays(90)))));
      assertThat(deletedKeys.get(NAME)).isEqualTo(deleted);
      assertThat(rig.ledger.find(NAME)).isEmpty();
      assertThat(rig.keys.list(0, 25).items()).isEmpty();
      assertThat(rig.keys.listVersions(NAME, 0, 25).items()).isEmpty();
    }

    @Test
    void endsEveryUseOfTheKey() {
      FoundKey key = rig.create("My-Key");
      done(deletedKeys.delete(NAME));
      KeyUse use = new KeyUse(rig.ledger, Rig.PROVIDERS, rig.workers, rig.clock);
      for (KeyId id : List.of(KeyId.latest(NAME), key.id())) {
        Problem no =
            catchThrowableOfType(
                    ProblemException.class, () -> use.sign(id, SignAlgorithm.ES256, new byte[32]))
                .problem();
        assertThat(no)
            .isEqualTo(
                new Problem.NotFound(
                    "KeyNotFound", "Key not found: ", Optional.of("/keys/" + id.path())));
      }
    }

    @Test
    void isRefusedForAKeyThatIsNotOrIsDeletedAlready() {
      Problem notFound =
          new Problem.NotFound("KeyNotFound", "Key not found: ", Optional.of("/keys/My-Key"));
      assertThat(refusal(deletedKeys.delete(NAME))).isEqualTo(notFound);
      rig.create("My-Key");
      DeletedKey first = done(deletedKeys.delete(NAME));
      rig.pass(Duration.ofDays(1));
      assertThat(refusal(deletedKeys.delete(NAME))).isEqualTo(notFound);
      assertThat(deletedKeys.get(NAME)).isEqualTo(first);
    }

    @Test
    void isCommittedWhereThatMayTakeLong() {
      rig.create("My-Key");
      done(deletedKeys.delete(NAME));
      done(deletedKeys.recover(NAME));
      assertThat(rig.workers.ran().subList(2, 4)).containsOnly(WorkClass.WRITE);
    }
  }

  @Nested
  class Recovering {
    @Test
    void bringsTheSameKeyBack() {
      KeyRecord before = twoVersions();
      done(deletedKeys.delete(NAME));
      rig.pass(Duration.ofDays(3));
      assertThat(done(deletedKeys.recover(OTHER_CASE))).isEqualTo(before.found());
      assertThat(rig.record("My-Key")).isEqualTo(before);
      assertThat(rig.keys.list(0, 25).items()).containsExactly(before);
      assertThat(deletedKeys.list(0, 25).items()).isEmpty();
    }

    @Test
    void isRefusedForAKeyThatIsNotDeleted() {
      assertThat(refusal(deletedKeys.recover(NAME))).isEqualTo(NOT_FOUND);
      rig.create("My-Key");
      assertThat(refusal(deletedKeys.recover(NAME))).isEqualTo(NOT_FOUND);
    }
  }

  @Nested
  class Purging {
    @Test
    void removesADeletedKeyAndFreesItsName() {
      twoVersions();
      done(deletedKeys.delete(NAME));
      done(deletedKeys.purge(OTHER_CASE));
      assertThat(rig.ledger.lookUp(NAME)).isEmpty();
      assertThat(refusal(deletedKeys.purge(NAME))).isEqualTo(NOT_FOUND);
      rig.create("My-Key");
      assertThat(rig.record("My-Key").versions()).hasSize(1);
    }

    @Test
    void isRefusedForAKeyThatIsNotDeleted() {
      assertThat(refusal(deletedKeys.purge(NAME))).isEqualTo(NOT_FOUND);
      KeyRecord before = twoVersions();
      assertThat(refusal(deletedKeys.purge(NAME))).isEqualTo(NOT_FOUND);
      assertThat(rig.record("My-Key")).isEqualTo(before);
    }

    @Test
    void isRefusedToAnyoneUnderPurgeProtection() {
      Rig guarded = new Rig(new SoftDelete(7, true));
      assertThat(refusal(guarded.deletedKeys.purge(NAME))).isEqualTo(NOT_FOUND);
      guarded.create("My-Key");
      done(guarded.deletedKeys.delete(NAME));
      Problem no = refusal(guarded.deletedKeys.purge(NAME));
      assertThat(no.kind()).isEqualTo(Problem.Kind.FORBIDDEN);
      assertThat(no.code()).isEqualTo("Forbidden");
      assertThat(guarded.ledger.findDeleted(NAME)).isPresent();
    }
  }

  @Nested
  class AList {
    @Test
    void isInOrderOfCreationWhateverWasDeletedFirst() {
      List.of("a", "b", "c", "d").forEach(rig::create);
      List.of("d", "a", "c").forEach(name -> done(deletedKeys.delete(new KeyName(name))));
      KeyPage<DeletedKey> first = deletedKeys.list(0, 2);
      assertThat(first.items())
          .extracting(key -> key.key().name().value())
          .containsExactly("a", "c");
      KeyPage<DeletedKey> second = deletedKeys.list(first.next().orElseThrow(), 2);
      assertThat(second.items()).extracting(key -> key.key().name().value()).containsExactly("d");
      assertThat(second.next()).isEmpty();
      assertThat(rig.keys.list(0, 25).items())
          .extracting(key -> key.name().value())
          .containsExactly("b");
    }
  }

  @Test
  void isNotFoundUntilItIsDeleted() {
    rig.create("My-Key");
    assertThat(catchThrowableOfType(ProblemException.class, () -> deletedKeys.get(NAME)).problem())
        .isEqualTo(NOT_FOUND);
  }

  @Test
  void isEitherAliveOrDeletedWhoeverWins() throws Exception {
    rig.create("My-Key");
    AtomicInteger deletions = new AtomicInteger();
    AtomicInteger ends = new AtomicInteger();
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      CyclicBarrier together = new CyclicBarrier(4);
      List<Callable<Void>> all = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        int number = thread;
        all.add(
            () -> {
              together.await();
              for (int i = 0; i < 60; i++) {
                race(number, deletions, ends);
              }
              return null;
            });
      }
      for (Future<Void> one : pool.invokeAll(all)) {
        one.get();
      }
    } finally {
      pool.shutdownNow();
    }
    int still = rig.ledger.findDeleted(NAME).isPresent() ? 1 : 0;
    assertThat(deletions.get()).isPositive().isEqualTo(ends.get() + still);
  }

  /** Each deletion that succeeds is ended by one recovery or one purge. */
  private void race(int number, AtomicInteger deletions, AtomicInteger ends) {
    try {
      switch (number) {
        case 0 -> rig.create("My-Key");
        case 1 -> {
          done(deletedKeys.delete(NAME));
          deletions.incrementAndGet();
        }
        case 2 -> {
          done(deletedKeys.recover(NAME));
          ends.incrementAndGet();
        }
        default -> {
          done(deletedKeys.purge(NAME));
          ends.incrementAndGet();
        }
      }
    } catch (CompletionException e) {
      assertThat(e).hasCauseInstanceOf(ProblemException.class);
    }
  }
}
