package localhsm.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import localhsm.crypto.EcMaterial;
import localhsm.crypto.KeyParameters;
import localhsm.crypto.KeyType;
import localhsm.id.KeyName;
import localhsm.keys.Deletion;
import localhsm.keys.KeyChange;
import localhsm.keys.KeyRecord;
import localhsm.keys.KeyVersionRecord;
import localhsm.keys.LazyMaterial;
import localhsm.rotation.Lifespan;
import localhsm.rotation.RotationPolicy;
import localhsm.secret.SecretBytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class StoredKeysTest {
  private final SealedStore.Access access = Bench.access();
  private final FakeRecordStore records = new FakeRecordStore();
  private SealedStore store = Bench.open(records, access);
  private StoredKeys keys = StoredKeys.open(store, Bench.PROVIDERS);

  @AfterEach
  void close() {
    store.close();
  }

  private void restart() {
    store.close();
    store = Bench.open(records, Bench.existing(access));
    keys = StoredKeys.open(store, Bench.PROVIDERS);
  }

  private KeyRecord found(String name) {
    return keys.find(new KeyName(name)).orElseThrow();
  }

  @Nested
  @DisplayName("A stored key")
  class Stored {
    @Test
    void isFoundByNameInAnyCaseWithItsFirstSpelling() {
      Bench.create(keys, "My-Key");
      restart();
      assertThat(found("mY-kEY").name().value()).isEqualTo("My-Key");
    }

    @Test
    void comesBackWithEverythingItHad() {
      KeyRecord key = Bench.create(keys, "everything");
      restart();
      assertThat(Bench.state(found("everything"))).isEqualTo(Bench.state(key));
      assertThat(((EcMaterial) found("everything").latest().material()).x())
          .isEqualTo(((EcMaterial) key.latest().material()).x());
    }

    @Test
    void comesBackAsAnRsaKeyToo() {
      KeyVersionRecord version =
          Bench.version(new KeyParameters.Rsa(2048, 65537).generate(Bench.PROVIDERS));
      KeyRecord key = KeyRecord.first(new KeyName("rsa"), keys.nextSequence(), version);
      keys.commit(new KeyChange(Optional.empty(), Optional.of(key)));
      restart();
      assertThat(Bench.state(found("rsa"))).isEqualTo(Bench.state(key));
    }

    @Test
    void isTheSameObjectEachTimeAfterARestart() {
      Bench.create(keys, "same");
      restart();
      assertThat(found("same")).isSameAs(found("same"));
      assertThat(keys.page(0, 1)).first().isSameAs(found("same"));
    }

    @Test
    void isChangedAfterARestart() {
      Bench.create(keys, "changing");
      restart();
      assertThat(keys.commit(Bench.rotation(found("changing")))).isTrue();
      restart();
      assertThat(found("changing").versions()).hasSize(2);
    }

    @Test
    void writesOnlyTheVersionsThatChange() {
      KeyRecord key = Bench.create(keys, "rotated");
      keys.commit(Bench.rotation(key));
      List<RowChange> last = records.batches().get(records.batches().size() - 1);
      assertThat(last).as("key, new version, head").hasSize(3);
    }

    @Test
    void losesAVersionThatIsTakenAway() {
      KeyRecord key = Bench.create(keys, "shrinking");
      keys.commit(Bench.rotation(key));
      KeyRecord two = found("shrinking");
      KeyRecord one = KeyRecord.first(two.name(), two.sequence(), two.latest());
      assertThat(keys.commit(new KeyChange(Optional.of(two), Optional.of(one)))).isTrue();
      restart();
      assertThat(found("shrinking").versions()).hasSize(1);
    }

    @Test
    void leavesNoRowWhenItIsDeleted() {
      int before = records.rows().size();
      KeyRecord key = Bench.create(keys, "gone");
      keys.commit(Bench.rotation(key));
      assertThat(keys.commit(Bench.deletion(found("gone")))).isTrue();
      assertThat(keys.find(new KeyName("gone"))).isEmpty();
      assertThat(keys.page(0, 10)).isEmpty();
      assertThat(records.rows()).hasSize(before);
    }
  }

  @Nested
  @DisplayName("A deleted key")
  class Deleted {
    private final Deletion deletion =
        new Deletion(Instant.ofEpochSecond(1_800_000_000L), Instant.ofEpochSecond(1_807_776_000L));

    private KeyRecord delete(String name) {
      return keys.change(
          new KeyName(name), key -> key.orElseThrow().withDeletion(Optional.of(deletion)));
    }

    @Test
    void isSoAfterARestart() {
      KeyRecord key = Bench.create(keys, "gone");
      delete("GONE");
      restart();
      assertThat(keys.find(new KeyName("gone"))).isEmpty();
      assertThat(keys.page(0, 10)).isEmpty();
      KeyRecord found = keys.findDeleted(new KeyName("gone")).orElseThrow();
      assertThat(found.deletion()).contains(deletion);
      assertThat(Bench.state(found.withDeletion(Optional.empty()))).isEqualTo(Bench.state(key));
      assertThat(keys.pageDeleted(0, 10)).containsExactly(found);
    }

    @Test
    void isRecoveredAfterARestart() {
      KeyRecord key = Bench.create(keys, "back");
      delete("back");
      restart();
      keys.change(new KeyName("back"), gone -> gone.orElseThrow().withDeletion(Optional.empty()));
      restart();
      assertThat(Bench.state(found("back"))).isEqualTo(Bench.state(key));
      assertThat(keys.pageDeleted(0, 10)).isEmpty();
    }

    @Test
    void keepsTheRowsOfItsVersions() {
      Bench.create(keys, "gone");
      delete("gone");
      List<RowChange> last = records.batches().get(records.batches().size() - 1);
      assertThat(last).as("key, head").hasSize(2);
    }

    @Test
    void leavesNoRowWhenItIsPurged() {
      int before = records.rows().size();
      Bench.create(keys, "gone");
      KeyRecord deleted = delete("gone");
      assertThat(keys.commit(Bench.deletion(deleted))).isTrue();
      assertThat(keys.lookUp(new KeyName("gone"))).isEmpty();
      assertThat(keys.pageDeleted(0, 10)).isEmpty();
      assertThat(records.rows()).hasSize(before);
    }

    @Test
    void keepsItsName() {
      Bench.create(keys, "taken");
      delete("taken");
      KeyRecord late = Bench.key("TAKEN", keys);
      assertThat(keys.commit(new KeyChange(Optional.empty(), Optional.of(late)))).isFalse();
    }
  }

  @Nested
  @DisplayName("A key that was not used since the start")
  class Unused {
    private KeyVersionRecord retagged(KeyVersionRecord old) {
      return new KeyVersionRecord(
          old.version(),
          old.source(),
          old.operations(),
          old.attributes(),
          Map.of("new", "tag"),
          Optional.of(Bench.releasePolicy("c", true)));
    }

    @Test
    void isChangedWithoutItsMaterialBeingDecoded() {
      KeyVersionRecord odd =
          new KeyVersionRecord(
              Bench.version().version(),
              LazyMaterial.encoded(
                  KeyType.RSA, SecretBytes.owning(new byte[] {1, 2}), Bench.PROVIDERS),
              List.of(),
              Bench.version().attributes(),
              Map.of(),
              Optional.empty());
      KeyRecord key = KeyRecord.first(new KeyName("odd"), keys.nextSequence(), odd);
      keys.commit(new KeyChange(Optional.empty(), Optional.of(key)));
      restart();
      keys.change(
          new KeyName("odd"), old -> old.orElseThrow().withChanged(retagged(old.get().latest())));
      restart();
      assertThat(found("odd").latest().tags()).containsExactly(Map.entry("new", "tag"));
      assertThat(found("odd").latest().source().bytes())
          .isEqualTo(SecretBytes.owning(new byte[] {1, 2}));
    }

    @Test
    void keepsItsMaterialThroughAChange() {
      KeyRecord before = Bench.create(keys, "kept");
      restart();
      keys.change(
          new KeyName("kept"), old -> old.orElseThrow().withChanged(retagged(old.get().latest())));
      restart();
      KeyVersionRecord after = found("kept").latest();
      assertThat(after.material().encoded()).isEqualTo(before.latest().material().encoded());
      assertThat(after.releasePolicy()).contains(Bench.releasePolicy("c", true));
    }
  }

  @Nested
  @DisplayName("Clearing")
  class Clearing {
    @Test
    void removesEveryRowOfKeysInOneCommit() {
      int rows = records.rows().size();
      keys.commit(Bench.rotation(Bench.create(keys, "a")));
      KeyRecord deleted = Bench.create(keys, "b");
      keys.change(
          deleted.name(),
          key ->
              key.orElseThrow()
                  .withDeletion(Optional.of(new Deletion(Instant.EPOCH, Instant.EPOCH))));
      int batches = records.batches().size();
      keys.clear();
      assertThat(records.batches()).hasSize(batches + 1);
      assertThat(records.rows()).hasSize(rows);
      assertThat(Bench.state(keys)).isEmpty();
      assertThat(keys.lookUp(new KeyName("b"))).isEmpty();
      restart();
      assertThat(Bench.state(keys)).isEmpty();
      assertThat(keys.nextSequence()).isGreaterThan(deleted.sequence());
    }

    @Test
    void ofNothingWritesNothing() {
      int batches = records.batches().size();
      keys.clear();
      assertThat(records.batches()).hasSize(batches);
    }

    @Test
    void leavesNothingThatWasThereWhoeverWritesMeanwhile() throws Exception {
      for (int i = 0; i < 20; i++) {
        Bench.create(keys, "old-" + i);
      }
      ExecutorService pool = Executors.newFixedThreadPool(4);
      try {
        List<Callable<Void>> work = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
          int number = thread;
          work.add(
              () -> {
                for (int i = 0; i < 20; i++) {
                  Bench.create(keys, "new-" + number + "-" + i);
                  keys.find(new KeyName("old-" + i)).map(Bench::rotation).ifPresent(keys::commit);
                }
                return null;
              });
        }
        List<Future<Void>> running = new ArrayList<>();
        work.forEach(one -> running.add(pool.submit(one)));
        keys.clear();
        for (Future<Void> one : running) {
          one.get();
        }
      } finally {
        pool.shutdownNow();
      }
      assertThat(keys.page(0, 1000)).noneMatch(key -> key.name().value().startsWith("old"));
      List<String> state = Bench.state(keys);
      restart();
      assertThat(Bench.state(keys)).isEqualTo(state);
    }
  }

  @Nested
  @DisplayName("A change")
  class Change {
    @Test
    void losesWhenTheNameIsTaken() {
      KeyRecord taken = Bench.create(keys, "taken");
      KeyRecord late = Bench.key("TAKEN", keys);
      assertThat(keys.commit(new KeyChange(Optional.empty(), Optional.of(late)))).isFalse();
      assertThat(found("taken")).isSameAs(taken);
    }

    @Test
    void losesWhenItWasComputedFromAnEqualButOtherRecord() {
      KeyRecord key = Bench.create(keys, "other");
      KeyRecord equal = key.withSequence(key.sequence());
      assertThat(keys.commit(Bench.rotation(equal))).isFalse();
      assertThat(keys.commit(Bench.deletion(equal))).isFalse();
    }

    @Test
    void losesWhenTheKeyIsGone() {
      KeyRecord key = Bench.create(keys, "gone");
      keys.commit(Bench.deletion(key));
      assertThat(keys.commit(Bench.rotation(key))).isFalse();
      assertThat(keys.commit(Bench.deletion(key))).isFalse();
    }
  }

  @Nested
  @DisplayName("The order of creation")
  class Order {
    @Test
    void isWalkedInPages() {
      for (int i = 0; i < 5; i++) {
        Bench.create(keys, "key" + i);
      }
      restart();
      List<KeyRecord> first = keys.page(0, 2);
      List<KeyRecord> second = keys.page(first.get(1).sequence(), 10);
      assertThat(first).extracting(k -> k.name().value()).containsExactly("key0", "key1");
      assertThat(second).extracting(k -> k.name().value()).containsExactly("key2", "key3", "key4");
    }

    @Test
    void neverRepeatsANumberThatWasStored() {
      keys.nextSequence();
      KeyRecord last = Bench.create(keys, "last");
      keys.commit(Bench.deletion(last));
      restart();
      assertThat(keys.nextSequence()).isGreaterThan(last.sequence());
    }
  }

  @Test
  void refusesAKeyWithoutItsVersion() {
    KeyRecord key = Bench.create(keys, "torn");
    RecordKind<?> versions = StoredKeys.kinds().get(1);
    store.commit(new Commit().delete(versions, "torn/" + key.latest().version().value()));
    store.close();
    store = Bench.open(records, access);
    assertThatThrownBy(() -> StoredKeys.open(store, Bench.PROVIDERS))
        .isInstanceOf(StoreDamagedException.class);
  }

  @Test
  void refusesAVersionWithoutItsKey() {
    Bench.create(keys, "torn");
    store.commit(new Commit().delete(StoredKeys.kinds().get(0), "torn"));
    store.close();
    store = Bench.open(records, access);
    assertThatThrownBy(() -> StoredKeys.open(store, Bench.PROVIDERS))
        .isInstanceOf(StoreDamagedException.class);
  }

  @Nested
  @DisplayName("A sealed value")
  class Value {
    @Test
    void comesBackAfterARestartAndAfterAReplacement() {
      SealedValues values = SealedValues.open(store);
      values.put("signing", SecretBytes.owning(new byte[] {1}));
      values.put("signing", SecretBytes.owning(new byte[] {2, 3}));
      assertThat(values.find("signing")).contains(SecretBytes.owning(new byte[] {2, 3}));
      restart();
      assertThat(SealedValues.open(store).find("signing"))
          .contains(SecretBytes.owning(new byte[] {2, 3}));
      assertThat(SealedValues.open(store).find("absent")).isEmpty();
    }

    @Test
    void outlivesTheCopiesOfItsCallers() {
      SealedValues values = SealedValues.open(store);
      try (SecretBytes given = SecretBytes.owning(new byte[] {7})) {
        values.put("kept", given);
      }
      values.find("kept").orElseThrow().close();
      assertThat(values.find("kept")).contains(SecretBytes.owning(new byte[] {7}));
    }
  }

  @Nested
  @DisplayName("An archive")
  class Archive {
    private final KeyRecord key =
        KeyRecord.first(new KeyName("Archived"), 7, Bench.version())
            .withVersion(Bench.version())
            .withRotation(Optional.of(Bench.rotationPolicy()))
            .withDeletion(Optional.of(new Deletion(Instant.EPOCH, Instant.EPOCH)));

    @Test
    void holdsTheWholeKeyButItsPlaceAndItsDeletion() {
      KeyRecord read = keys.fromArchive(keys.archive(key));
      assertThat(read.sequence()).isZero();
      assertThat(read.deletion()).isEmpty();
      assertThat(Bench.state(read.withSequence(7).withDeletion(key.deletion())))
          .isEqualTo(Bench.state(key));
    }

    @Test
    void isNeverAnythingButReadOrRefused() {
      byte[] whole = keys.archive(key).expose();
      Random random = new Random(42);
      int refused = 0;
      for (int i = 0; i < 3000; i++) {
        byte[] changed = whole.clone();
        changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
        try {
          keys.fromArchive(SecretBytes.owning(changed));
        } catch (IllegalArgumentException e) {
          refused++;
        }
      }
      assertThat(refused).isPositive();
    }

    @Test
    void isRefusedWhenCutOrWithoutAKeyOrWithTheVersionsOfAnother() {
      byte[] whole = keys.archive(key).expose();
      for (int length = 0; length < whole.length; length++) {
        SecretBytes cut = SecretBytes.owning(Arrays.copyOf(whole, length));
        assertThatThrownBy(() -> keys.fromArchive(cut))
            .isInstanceOf(IllegalArgumentException.class);
      }
      assertRefused(List.of());
      KeyCodec codec = new KeyCodec();
      assertRefused(List.of(codec.encode(StoredKey.of(key))));
      assertRefused(
          List.of(
              codec.encode(StoredKey.of(KeyRecord.first(key.name(), 0, Bench.version()))),
              new KeyVersionCodec().encode(StoredVersion.of(Bench.version()))));
    }

    private void assertRefused(List<SecretBytes> rows) {
      SecretBytes archive =
          CborCodec.write(
              1,
              out -> {
                out.secrets("rows", rows);
                return out;
              });
      assertThatThrownBy(() -> keys.fromArchive(archive))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Nested
  @DisplayName("A stored key's bytes")
  class Row {
    private final KeyCodec codec = new KeyCodec();

    private void assertReadBack(StoredKey key) {
      assertThat(codec.decode(codec.encode(key))).isEqualTo(key);
    }

    @Test
    void areReadBack() {
      KeyRecord key = KeyRecord.first(new KeyName("Key"), 9, Bench.version());
      assertReadBack(StoredKey.of(key));
      assertReadBack(StoredKey.of(key.withRotation(Optional.of(Bench.rotationPolicy()))));
      Instant time = Instant.ofEpochSecond(1_800_000_000L);
      assertReadBack(
          StoredKey.of(
              key.withRotation(
                      Optional.of(
                          RotationPolicy.of(List.of(), Optional.of(Lifespan.parse("P2Y")))
                              .stored(time, time)))
                  .withDeletion(Optional.of(new Deletion(time, time.plusSeconds(1))))));
    }

    @Test
    void areRefusedWithHalfADeletionOrAnImpossiblePolicy() {
      assertRefused("P1Y", Optional.of(Instant.EPOCH));
      assertRefused("P1D", Optional.empty());
      assertRefused("soon", Optional.empty());
    }

    private void assertRefused(String expiryTime, Optional<Instant> deleted) {
      SecretBytes bytes =
          CborCodec.write(
              2,
              out -> {
                out.text("name", "key");
                out.number("sequence", 1);
                out.texts("versions", List.of("0".repeat(32)));
                out.optionalText("timeAfterCreate", Optional.empty());
                out.optionalText("timeBeforeExpiry", Optional.empty());
                out.optionalText("expiryTime", Optional.of(expiryTime));
                out.time("policyCreated", Optional.empty());
                out.time("policyUpdated", Optional.empty());
                out.time("deleted", deleted);
                out.time("scheduledPurge", Optional.empty());
                return out;
              });
      assertThatThrownBy(() -> codec.decode(bytes)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Nested
  @DisplayName("A stored version's bytes")
  class Codec {
    private final KeyVersionCodec codec = new KeyVersionCodec();
    private final StoredVersion version = StoredVersion.of(Bench.exportable());

    @Test
    void areReadBack() {
      assertThat(codec.decode(codec.encode(version))).isEqualTo(version);
    }

    @Test
    void areRefusedWhenCutOrLonger() {
      byte[] whole = codec.encode(version).expose();
      for (int length = 0; length <= whole.length + 1; length++) {
        if (length != whole.length) {
          SecretBytes changed = SecretBytes.owning(Arrays.copyOf(whole, length));
          assertThatThrownBy(() -> codec.decode(changed))
              .isInstanceOf(IllegalArgumentException.class);
        }
      }
    }

    @Test
    void areNeverAnythingButReadOrRefused() {
      byte[] whole = codec.encode(version).expose();
      Random random = new Random(42);
      int refused = 0;
      for (int i = 0; i < 3000; i++) {
        byte[] changed = whole.clone();
        changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
        try {
          codec.decode(SecretBytes.owning(changed)).close();
        } catch (IllegalArgumentException e) {
          refused++;
        }
      }
      assertThat(refused).isPositive();
    }

    @Test
    void areRefusedInAnotherFormatOrWithAnotherField() {
      SecretBytes future = CborCodec.write(3, out -> out);
      SecretBytes foreign =
          CborCodec.write(
              2,
              out -> {
                out.text("unknown", "x");
                return out;
              });
      assertThatThrownBy(() -> codec.decode(future)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> codec.decode(foreign)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keepTagsOfAnyText() {
      KeyVersionRecord base = Bench.version();
      KeyVersionRecord odd =
          new KeyVersionRecord(
              base.version(),
              base.source(),
              base.operations(),
              base.attributes(),
              Map.of("", "\u0000\ud83d\ude00\u00e9", "k".repeat(512), ""),
              Optional.empty());
      StoredVersion stored = StoredVersion.of(odd);
      assertThat(codec.decode(codec.encode(stored)).tags()).isEqualTo(odd.tags());
    }
  }
}
