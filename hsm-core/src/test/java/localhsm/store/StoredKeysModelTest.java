package localhsm.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import localhsm.crypto.KeyMaterial;
import localhsm.id.KeyName;
import localhsm.keys.Deletion;
import localhsm.keys.KeyChange;
import localhsm.keys.KeyRecord;
import localhsm.keys.KeyVersionRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random changes and restarts, compared after each step with a plain map. */
class StoredKeysModelTest {
  private static final int STEPS = 300;
  private static final List<String> NAMES = List.of("a", "B", "key-1", "KEY-2", "z");
  private static final KeyMaterial MATERIAL = Bench.material();

  private final SealedStore.Access access = Bench.access();
  private final FakeRecordStore records = new FakeRecordStore();
  private final Map<KeyName, KeyRecord> model = new HashMap<>();
  private SealedStore store = Bench.open(records, access);
  private StoredKeys keys = StoredKeys.open(store, Bench.PROVIDERS);

  @AfterEach
  void close() {
    store.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void holdsWhatAPlainMapHolds(long seed) {
    Random random = new Random(seed);
    for (int step = 0; step < STEPS; step++) {
      step(random);
      assertThat(states(keys.page(0, Integer.MAX_VALUE))).isEqualTo(expected(k -> !k.deleted()));
      assertThat(states(keys.pageDeleted(0, Integer.MAX_VALUE)))
          .isEqualTo(expected(KeyRecord::deleted));
      comparePart(random);
    }
  }

  private void step(Random random) {
    KeyName name = new KeyName(NAMES.get(random.nextInt(NAMES.size())));
    switch (random.nextInt(20)) {
      case 0 -> restart();
      case 1 -> {
        if (random.nextInt(10) == 0) {
          keys.clear();
          model.clear();
        }
      }
      case 2 -> stale(name, random);
      case 3, 4, 5 -> purge(name);
      default -> change(name, random);
    }
  }

  /** A change of what is there, or the creation of what is not. */
  private void change(KeyName name, Random random) {
    Optional<KeyRecord> before = keys.lookUp(name);
    KeyRecord after =
        before
            .map(key -> changed(key, random))
            .orElseGet(() -> KeyRecord.first(name, keys.nextSequence(), Bench.version(MATERIAL)));
    assertThat(keys.commit(new KeyChange(before, Optional.of(after)))).isTrue();
    model.put(name, after);
  }

  private static KeyRecord changed(KeyRecord key, Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> key.withDeletion(flipped(key));
      case 1 ->
          key.withRotation(
              key.rotation().isPresent() ? Optional.empty() : Optional.of(Bench.rotationPolicy()));
      case 2 -> key.withChanged(retagged(key, random));
      default ->
          key.deleted() || key.versions().size() > 5
              ? key.withDeletion(flipped(key))
              : key.withVersion(Bench.version(MATERIAL));
    };
  }

  private static Optional<Deletion> flipped(KeyRecord key) {
    Instant time = Instant.ofEpochSecond(key.sequence());
    return key.deleted() ? Optional.empty() : Optional.of(new Deletion(time, time.plusSeconds(7)));
  }

  private static KeyVersionRecord retagged(KeyRecord key, Random random) {
    KeyVersionRecord old = key.versions().get(random.nextInt(key.versions().size()));
    return new KeyVersionRecord(
        old.version(),
        old.source(),
        old.operations(),
        old.attributes(),
        Map.of("step", Integer.toString(random.nextInt())),
        Optional.of(Bench.releasePolicy("c" + random.nextInt(9), random.nextBoolean())));
  }

  private void purge(KeyName name) {
    Optional<KeyRecord> deleted = keys.findDeleted(name);
    if (deleted.isPresent()) {
      assertThat(keys.commit(new KeyChange(deleted, Optional.empty()))).isTrue();
      model.remove(name);
    }
  }

  /** A change computed from something else changes nothing. */
  private void stale(KeyName name, Random random) {
    Optional<KeyRecord> now = keys.lookUp(name);
    Optional<KeyRecord> other = now.map(key -> key.withSequence(key.sequence()));
    KeyRecord after = KeyRecord.first(name, keys.nextSequence(), Bench.version(MATERIAL));
    boolean creating = other.isEmpty() || random.nextBoolean();
    KeyChange change = new KeyChange(creating ? Optional.empty() : other, Optional.of(after));
    if (now.isPresent()) {
      assertThat(keys.commit(change)).isFalse();
    }
  }

  private void restart() {
    store.close();
    store = Bench.open(records, Bench.existing(access));
    keys = StoredKeys.open(store, Bench.PROVIDERS);
  }

  private void comparePart(Random random) {
    long after = random.nextInt(50);
    int limit = 1 + random.nextInt(4);
    assertThat(states(keys.page(after, limit)))
        .isEqualTo(
            expected(key -> !key.deleted() && key.sequence() > after).stream()
                .limit(limit)
                .toList());
    for (String text : NAMES) {
      KeyName name = new KeyName(text.toUpperCase(java.util.Locale.ROOT));
      assertThat(keys.lookUp(name).map(Bench::state))
          .isEqualTo(Optional.ofNullable(model.get(name)).map(Bench::state));
    }
  }

  private List<String> expected(Predicate<KeyRecord> which) {
    List<KeyRecord> chosen = new ArrayList<>(model.values());
    chosen.removeIf(which.negate());
    chosen.sort(Comparator.comparingLong(KeyRecord::sequence));
    return states(chosen);
  }

  private static List<String> states(Collection<KeyRecord> some) {
    return some.stream().map(Bench::state).toList();
  }
}
