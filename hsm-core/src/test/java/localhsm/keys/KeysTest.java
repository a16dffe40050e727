package localhsm.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import localhsm.crypto.Curve;
import localhsm.crypto.EcMaterial;
import localhsm.crypto.KeyOperation;
import localhsm.crypto.KeyParameters;
import localhsm.crypto.KeyType;
import localhsm.crypto.Providers;
import localhsm.id.KeyId;
import localhsm.id.KeyName;
import localhsm.id.KeyVersion;
import localhsm.keys.wish.KeySettings;
import localhsm.keys.wish.NewKey;
import localhsm.problem.Problem;
import localhsm.problem.ProblemException;
import localhsm.work.WorkClass;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class KeysTest {
  private static final Instant NOW = Instant.parse("2027-01-15T08:00:00.987Z");
  private static final Instant WHOLE_SECOND = Instant.parse("2027-01-15T08:00:00Z");
  private static final KeyName NAME = new KeyName("My-Key");
  private static final KeyName OTHER_CASE = new KeyName("MY-KEY");

  private final InMemoryKeyLedger ledger = new InMemoryKeyLedger();
  private final DirectWorkers workers = new DirectWorkers();
  private final Keys keys =
      new Keys(ledger, Providers.bouncyCastle(new SecureRandom()), workers, new SettableClock(NOW));

  private static NewKey wish(KeyName name) {
    return new NewKey(name, new KeyParameters.Ec(Curve.P_256), KeySettings.DEFAULT);
  }

  private FoundKey create(KeyName name) {
    return keys.create(wish(name)).toCompletableFuture().join();
  }

  private void create(int count) {
    for (int i = 0; i < count; i++) {
      create(new KeyName("key-" + i));
    }
  }

  private void fill(int count) {
    KeyVersionRecord template = create(NAME).version();
    KeyRecord before = ledger.find(NAME).orElseThrow();
    List<KeyVersionRecord> versions =
        IntStream.range(0, count)
            .mapToObj(
                i ->
                    new KeyVersionRecord(
                        new KeyVersion(String.format("%032x", i)),
                        template.source(),
                        template.operations(),
                        template.attributes(),
                        Map.of(),
                        Optional.empty()))
            .toList();
    ledger.commit(
        new KeyChange(
            Optional.of(before),
            Optional.of(
                new KeyRecord(
                    NAME, before.sequence(), versions, before.rotation(), Optional.empty()))));
  }

  @Nested
  class ANewKey {
    @Test
    void canBeReadAtOnce() {
      FoundKey made = create(NAME);
      assertThat(keys.get(KeyId.latest(NAME))).isEqualTo(made);
      assertThat(keys.get(made.id())).isEqualTo(made);
    }

    @Test
    void hasTheDefaultsOfItsType() {
      KeyVersionRecord version = create(NAME).version();
      assertThat(version.operations()).isEqualTo(KeyType.EC.defaultOperations());
      assertThat(version.attributes())
          .isEqualTo(
              new KeyAttributes(
                  true, Optional.empty(), Optional.empty(), false, WHOLE_SECOND, WHOLE_SECOND));
      assertThat(version.tags()).isEmpty();
    }

    @Test
    void isAsWished() {
      Instant past = Instant.ofEpochSecond(1);
      NewKey wish =
          new NewKey(
              NAME,
              new KeyParameters.Ec(Curve.P_384),
              new KeySettings(
                  Optional.of(List.of(KeyOperation.VERIFY)),
                  false,
                  Optional.of(past),
                  Optional.of(past.plusSeconds(1)),
                  Map.of("a", "b"),
                  false,
                  Optional.empty()));
      KeyVersionRecord version = keys.create(wish).toCompletableFuture().join().version();
      assertThat(((EcMaterial) version.material()).curve()).isEqualTo(Curve.P_384);
      assertThat(version.operations()).containsExactly(KeyOperation.VERIFY);
      assertThat(version.attributes())
          .isEqualTo(
              new KeyAttributes(
                  false,
                  Optional.of(past),
                  Optional.of(past.plusSeconds(1)),
                  false,
                  WHOLE_SECOND,
                  WHOLE_SECOND));
      assertThat(version.tags()).containsExactly(Map.entry("a", "b"));
    }

    @Test
    void isGeneratedAndCommittedWhereThatMayTakeLong() {
      create(NAME);
      assertThat(workers.ran()).containsExactly(WorkClass.CPU, WorkClass.WRITE);
    }
  }

  @Nested
  class ASecondVersion {
    @Test
    void becomesTheLatestAndKeepsTheFirst() {
      FoundKey first = create(NAME);
      FoundKey second = create(NAME);
      assertThat(second.version().version()).isNotEqualTo(first.version().version());
      assertThat(keys.get(KeyId.latest(NAME))).isEqualTo(second);
      assertThat(keys.get(first.id())).isEqualTo(first);
    }

    @Test
    void keepsTheSpellingFirstStored() {
      create(NAME);
      assertThat(create(OTHER_CASE).name()).hasToString("My-Key");
      assertThat(keys.get(KeyId.latest(OTHER_CASE)).name()).hasToString("My-Key");
      assertThat(keys.listVersions(OTHER_CASE, 0, 25).items())
          .extracting(key -> key.name().value())
          .containsExactly("My-Key", "My-Key");
      assertThat(keys.list(0, 25).items()).hasSize(1);
    }
  }

  @Nested
  class AKeyOfAHundredVersions {
    @Test
    void takesNoMore() {
      fill(99);
      FoundKey last = create(NAME);
      assertThatThrownBy(() -> create(NAME))
          .hasCauseInstanceOf(ProblemException.class)
          .hasMessageContaining("100 versions");
      assertThat(keys.get(KeyId.latest(NAME))).isEqualTo(last);
    }

    @Test
    void isNotGeneratedInVain() {
      fill(100);
      int before = workers.ran().size();
      assertThatThrownBy(() -> create(NAME)).hasCauseInstanceOf(ProblemException.class);
      assertThat(workers.ran().subList(before, workers.ran().size()))
          .containsExactly(WorkClass.CPU);
    }
  }

  @Nested
  class ConcurrentCreation {
    @Test
    void ofOneNameLosesNothing() throws Exception {
      List<FoundKey> made = inParallel(8, 10);
      List<FoundKey> found = keys.listVersions(NAME, 0, 100).items();
      assertThat(found).hasSize(80).containsExactlyInAnyOrderElementsOf(made);
      assertThat(keys.list(0, 25).items()).hasSize(1);
    }

    @Test
    void stopsAtTheLimit() throws Exception {
      fill(95);
      assertThatThrownBy(() -> inParallel(4, 5)).hasMessageContaining("100 versions");
      assertThat(keys.listVersions(NAME, 0, 200).items()).hasSize(100);
    }

    private List<FoundKey> inParallel(int threads, int each) throws Exception {
      ExecutorService pool = Executors.newFixedThreadPool(threads);
      try {
        CyclicBarrier together = new CyclicBarrier(threads);
        Callable<List<FoundKey>> work =
            () -> {
              together.await();
              List<FoundKey> made = new ArrayList<>();
              for (int i = 0; i < each; i++) {
                made.add(create(NAME));
              }
              return made;
            };
        List<Callable<List<FoundKey>>> all = java.util.Collections.nCopies(threads, work);
        List<FoundKey> made = new ArrayList<>();
        for (Future<List<FoundKey>> part : pool.invokeAll(all)) {
          made.addAll(part.get());
        }
        return made;
      } catch (ExecutionException e) {
        throw new IllegalStateException(e.getCause());
      } finally {
        pool.shutdownNow();
      }
    }
  }

  @Nested
  class AnUnknownKey {
    private Problem problem(KeyId id) {
      return org.assertj.core.api.Assertions.catchThrowableOfType(
              ProblemException.class, () -> keys.get(id))
          .problem();
    }

    @Test
    void isNotFoundUnderItsPath() {
      assertThat(problem(KeyId.latest(NAME)))
          .isEqualTo(
              new Problem.NotFound("KeyNotFound", "Key not found: ", Optional.of("/keys/My-Key")));
    }

    @Test
    void isNotFoundAsAVersionEither() {
      create(NAME);
      KeyVersion unknown = new KeyVersion("0".repeat(32));
      assertThat(problem(KeyId.of(NAME, unknown)))
          .isEqualTo(
              new Problem.NotFound(
                  "KeyNotFound", "Key not found: ", Optional.of("/keys/My-Key/" + unknown)));
    }

    @Test
    void hasNoVersionsInAList() {
      assertThat(keys.listVersions(NAME, 0, 25))
          .isEqualTo(new KeyPage<FoundKey>(List.of(), Optional.empty()));
    }
  }

  @Nested
  class AList {
    @Test
    void isEmptyAtFirst() {
      assertThat(keys.list(0, 25)).isEqualTo(new KeyPage<KeyRecord>(List.of(), Optional.empty()));
    }

    @Test
    void hasThePartsThatWereAskedForInOrderOfCreation() {
      create(5);
      List<String> names = new ArrayList<>();
      Optional<Long> position = Optional.of(0L);
      int parts = 0;
      while (position.isPresent()) {
        KeyPage<KeyRecord> page = keys.list(position.get(), 2);
        page.items().forEach(key -> names.add(key.name().value()));
        position = page.next();
        parts++;
      }
      assertThat(names).containsExactly("key-0", "key-1", "key-2", "key-3", "key-4");
      assertThat(parts).isEqualTo(3);
    }

    @Test
    void hasNoFurtherPartWhenTheLastOneIsFull() {
      create(4);
      long middle = keys.list(0, 2).next().orElseThrow();
      assertThat(keys.list(middle, 2).next()).isEmpty();
    }

    @Test
    void goesOnWhereItWasWhenKeysGoAway() {
      create(4);
      long middle = keys.list(0, 2).next().orElseThrow();
      KeyRecord gone = ledger.find(new KeyName("key-1")).orElseThrow();
      ledger.commit(new KeyChange(Optional.of(gone), Optional.empty()));
      assertThat(keys.list(middle, 2).items())
          .extracting(key -> key.name().value())
          .containsExactly("key-2", "key-3");
    }

    @Test
    void ofVersionsHasPartsToo() {
      fill(5);
      KeyPage<FoundKey> first = keys.listVersions(NAME, 0, 3);
      KeyPage<FoundKey> second = keys.listVersions(NAME, first.next().orElseThrow(), 3);
      assertThat(first.items()).hasSize(3);
      assertThat(second.items()).hasSize(2).doesNotContainAnyElementsOf(first.items());
      assertThat(second.next()).isEmpty();
      assertThat(keys.listVersions(NAME, 0, 5).next()).isEmpty();
    }

    @Test
    void isEmptyBehindItsEnd() {
      fill(5);
      assertThat(keys.listVersions(NAME, 999_999_999_999_999_999L, 25).items()).isEmpty();
      assertThat(keys.list(999_999_999_999_999_999L, 25).items()).isEmpty();
    }
  }
}
