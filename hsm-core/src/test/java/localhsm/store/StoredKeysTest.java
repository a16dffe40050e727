package localhsm.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import localhsm.crypto.EcMaterial;
import localhsm.crypto.KeyParameters;
import localhsm.id.KeyName;
import localhsm.keys.KeyChange;
import localhsm.keys.KeyRecord;
import localhsm.keys.KeyVersionRecord;
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
  @DisplayName("A stored version's bytes")
  class Codec {
    private final KeyVersionCodec codec = new KeyVersionCodec();
    private final StoredVersion version = StoredVersion.of(Bench.version());

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
