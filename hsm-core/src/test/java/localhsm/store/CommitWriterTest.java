package localhsm.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import localhsm.id.KeyName;
import localhsm.keys.KeyChange;
import localhsm.keys.KeyRecord;
import localhsm.problem.Problem;
import localhsm.problem.ProblemException;
import localhsm.secret.SecretBytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CommitWriterTest {
  private final SealedStore.Access access = Bench.access();
  private final FakeRecordStore records = new FakeRecordStore();
  private final ExecutorService callers = Executors.newCachedThreadPool();
  private final Map<String, String> visible = new ConcurrentHashMap<>();

  @AfterEach
  void stop() throws InterruptedException {
    records.release();
    callers.shutdown();
    assertThat(callers.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
  }

  private Commit value(String name, String text) {
    return new Commit()
        .put(SealedValues.KIND, name, SecretBytes.owning(text.getBytes(UTF_8)))
        .then(() -> visible.put(name, text));
  }

  private static <T> Outcome<T> outcome(Future<T> future) throws InterruptedException {
    try {
      return new Outcome<>(Optional.of(future.get()), Optional.empty());
    } catch (ExecutionException e) {
      return new Outcome<>(Optional.empty(), Optional.ofNullable(e.getCause()));
    }
  }

  private record Outcome<T>(Optional<T> value, Optional<Throwable> failure) {}

  /** Hands commits over one after the other, so that they wait in this order. */
  private List<Future<Boolean>> enqueue(SealedStore store, List<Commit> commits) {
    List<Future<Boolean>> futures = new ArrayList<>();
    for (Commit commit : commits) {
      int before = store.waiting();
      futures.add(callers.submit(() -> store.commit(commit)));
      while (store.waiting() == before) {
        Thread.onSpinWait();
      }
    }
    return futures;
  }

  @Nested
  @DisplayName("Commits that arrive while one is written")
  class Waiting {
    @Test
    void shareOneBatch() throws Exception {
      SealedStore store = Bench.open(records, access);
      records.gate();
      List<Future<Boolean>> first = enqueue(store, List.of(value("a", "1")));
      records.awaitEntered();
      List<Future<Boolean>> rest =
          enqueue(store, List.of(value("b", "1"), value("c", "1"), value("d", "1")));
      assertThat(visible).isEmpty();
      assertThat(first.get(0).isDone()).isFalse();
      records.release();
      for (Future<Boolean> commit : rest) {
        assertThat(commit.get()).isTrue();
      }
      assertThat(records.batches()).extracting(List::size).containsExactly(2, 2, 4);
      assertThat(visible).containsOnlyKeys("a", "b", "c", "d");
      store.close();
    }

    @Test
    void areSplitBeforeARowThatIsInTheBatch() throws Exception {
      SealedStore store = Bench.open(records, access);
      records.gate();
      List<Future<Boolean>> all = new ArrayList<>(enqueue(store, List.of(value("a", "1"))));
      records.awaitEntered();
      all.addAll(
          enqueue(
              store, List.of(value("b", "1"), value("c", "1"), value("b", "2"), value("d", "1"))));
      records.release();
      for (Future<Boolean> commit : all) {
        assertThat(commit.get()).isTrue();
      }
      assertThat(records.batches()).extracting(List::size).containsExactly(2, 2, 3, 3);
      assertThat(visible).containsEntry("b", "2");
      store.close();
    }

    @Test
    void areFinishedByClose() throws Exception {
      SealedStore store = Bench.open(records, access);
      records.gate();
      List<Future<Boolean>> all = new ArrayList<>(enqueue(store, List.of(value("a", "1"))));
      records.awaitEntered();
      all.addAll(enqueue(store, List.of(value("b", "1"), value("a", "2"))));
      Future<?> closing = callers.submit(store::close);
      while (!store.closing()) {
        Thread.onSpinWait();
      }
      assertThatThrownBy(() -> store.commit(value("late", "1")))
          .isInstanceOf(ProblemException.class);
      records.release();
      closing.get();
      for (Future<Boolean> commit : all) {
        assertThat(commit.get()).isTrue();
      }
      SealedValues values = SealedValues.open(Bench.open(records, access));
      assertThat(values.find("a")).contains(SecretBytes.owning("2".getBytes(UTF_8)));
      assertThat(values.find("b")).isPresent();
      assertThat(values.find("late")).isEmpty();
    }

    @Test
    void areRefusedWhenTooMany() throws Exception {
      SealedStore store = SealedStore.open(records, access, Bench.kinds(), 3);
      records.gate();
      List<Future<Boolean>> all = new ArrayList<>(enqueue(store, List.of(value("a", "1"))));
      records.awaitEntered();
      all.addAll(enqueue(store, List.of(value("b", "1"), value("c", "1"))));
      assertThatThrownBy(() -> store.commit(value("d", "1")))
          .isInstanceOfSatisfying(
              ProblemException.class,
              e -> assertThat(e.problem().kind()).isEqualTo(Problem.Kind.UNAVAILABLE))
          .hasMessageContaining("busy");
      records.release();
      for (Future<Boolean> commit : all) {
        assertThat(commit.get()).isTrue();
      }
      assertThat(store.commit(value("d", "1"))).isTrue();
      store.close();
    }

    @Test
    void loseWhenAnEarlierOneChangedTheirKey() throws Exception {
      SealedStore store = Bench.open(records, access);
      StoredKeys keys = StoredKeys.open(store, Bench.PROVIDERS);
      KeyRecord key = Bench.create(keys, "contended");
      records.gate();
      enqueue(store, List.of(value("a", "1")));
      records.awaitEntered();
      KeyChange one = Bench.rotation(key);
      KeyChange two = Bench.rotation(key);
      Future<Boolean> first = callers.submit(() -> keys.commit(one));
      while (store.waiting() < 2) {
        Thread.onSpinWait();
      }
      Future<Boolean> second = callers.submit(() -> keys.commit(two));
      while (store.waiting() < 3) {
        Thread.onSpinWait();
      }
      records.release();
      assertThat(first.get()).isTrue();
      assertThat(second.get()).isFalse();
      assertThat(keys.find(key.name())).isEqualTo(one.after());
      store.close();
    }
  }

  @Nested
  @DisplayName("A batch that cannot be written")
  class Failing {
    @Test
    void changesNothingAndHindersNothing() {
      for (int failing = 0; failing < 8; failing++) {
        FakeRecordStore medium = new FakeRecordStore();
        SealedStore store = Bench.open(medium, access);
        StoredKeys keys = StoredKeys.open(store, Bench.PROVIDERS);
        medium.failAt(failing);
        int refused = 0;
        for (int i = 0; i < 4; i++) {
          List<String> before = Bench.state(keys);
          refused += changed(keys, "key" + i, before) ? 0 : 1;
          refused += rotated(keys, "key0") ? 0 : 1;
        }
        assertThat(refused).isEqualTo(1);
        List<String> state = Bench.state(keys);
        store.close();
        SealedStore again = Bench.open(medium, access);
        assertThat(Bench.state(StoredKeys.open(again, Bench.PROVIDERS))).isEqualTo(state);
        again.close();
      }
    }

    private boolean changed(StoredKeys keys, String name, List<String> before) {
      try {
        Bench.create(keys, name);
        return true;
      } catch (ProblemException e) {
        assertThat(e.problem().kind()).isEqualTo(Problem.Kind.UNAVAILABLE);
        assertThat(Bench.state(keys)).isEqualTo(before);
        return false;
      }
    }

    private boolean rotated(StoredKeys keys, String name) {
      Optional<KeyRecord> key = keys.find(new KeyName(name));
      if (key.isEmpty()) {
        return changed(keys, name, Bench.state(keys));
      }
      try {
        return keys.commit(Bench.rotation(key.get()));
      } catch (ProblemException e) {
        assertThat(keys.find(key.get().name())).containsSame(key.get());
        return false;
      }
    }

    @Test
    void failsAllItsCallersAndNobodyElse() throws Exception {
      SealedStore store = Bench.open(records, access);
      records.failAt(1);
      records.gate();
      List<Future<Boolean>> first = enqueue(store, List.of(value("a", "1")));
      records.awaitEntered();
      List<Future<Boolean>> group = enqueue(store, List.of(value("b", "1"), value("c", "1")));
      List<Future<Boolean>> next = enqueue(store, List.of(value("b", "2")));
      records.release();
      assertThat(outcome(first.get(0)).value()).contains(true);
      for (Future<Boolean> commit : group) {
        assertThat(outcome(commit).failure())
            .hasValueSatisfying(e -> assertThat(e).isInstanceOf(ProblemException.class));
      }
      assertThat(outcome(next.get(0)).value()).contains(true);
      assertThat(visible).containsOnly(Map.entry("a", "1"), Map.entry("b", "2"));
      store.close();
    }
  }

  @Test
  void lettingNobodyWaitAfterABugItTakesNothingMore() {
    SealedStore store = Bench.open(records, access);
    Commit broken =
        value("a", "1")
            .onlyIf(
                () -> {
                  throw new IllegalStateException("a bug");
                });
    assertThatThrownBy(() -> store.commit(broken)).isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> store.commit(value("b", "1"))).isInstanceOf(ProblemException.class);
    store.close();
    assertThat(visible).isEmpty();
  }

  @Test
  void keepsHeadAndRowsTogetherUnderLoad() throws Exception {
    SealedStore store = Bench.open(records, access);
    StoredKeys keys = StoredKeys.open(store, Bench.PROVIDERS);
    AtomicInteger lost = new AtomicInteger();
    List<Callable<Void>> work = new ArrayList<>();
    Bench.create(keys, "shared");
    for (int thread = 0; thread < 16; thread++) {
      int number = thread;
      work.add(
          () -> {
            for (int i = 0; i < 50; i++) {
              KeyRecord key = Bench.create(keys, "key-" + number + "-" + i);
              if (i % 10 == 0) {
                assertThat(keys.commit(Bench.deletion(key))).isTrue();
              }
              if (i % 10 == 5) {
                KeyRecord shared = keys.find(new KeyName("SHARED")).orElseThrow();
                lost.addAndGet(keys.commit(Bench.rotation(shared)) ? 0 : 1);
              }
            }
            return null;
          });
    }
    for (Future<Void> done : callers.invokeAll(work)) {
      done.get();
    }
    List<String> state = Bench.state(keys);
    store.close();
    assertThat(keys.find(new KeyName("shared")).orElseThrow().versions())
        .hasSize(1 + 16 * 5 - lost.get());
    SealedStore again = Bench.open(records, access);
    StoredKeys reopened = StoredKeys.open(again, Bench.PROVIDERS);
    assertThat(Bench.state(reopened)).isEqualTo(state).hasSize(1 + 16 * 45);
    assertThat(reopened.nextSequence()).isGreaterThan(16 * 50);
    again.close();
  }
}
