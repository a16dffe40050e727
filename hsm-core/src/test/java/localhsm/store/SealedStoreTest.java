package localhsm.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import localhsm.keys.KeyRecord;
import localhsm.secret.CannotUnsealException;
import localhsm.secret.SecretBytes;
import localhsm.secret.SecurityDomain;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SealedStoreTest {
  private final SealedStore.Access access = Bench.access();
  private final FakeRecordStore records = new FakeRecordStore();

  private static List<RowChange> puts(List<SealedRow> rows) {
    return rows.stream().<RowChange>map(RowChange.Put::new).toList();
  }

  private static RecordStore holding(List<SealedRow> rows) {
    RecordStore store = RecordStore.inMemory();
    store.commit(puts(rows));
    return store;
  }

  private static SealedRow withKey(SealedRow row, RowKey key) {
    return new SealedRow(key, row.revision(), row.sealed());
  }

  private static byte[] flipped(byte[] bytes, int bit) {
    byte[] changed = bytes.clone();
    changed[bit / 8] ^= (byte) (1 << bit % 8);
    return changed;
  }

  @Nested
  @DisplayName("An empty store")
  class Empty {
    @Test
    void isProvisionedInOneCommit() {
      Bench.open(records, access).close();
      assertThat(records.batches()).hasSize(1);
      assertThat(records.rows())
          .extracting(SealedRow::key)
          .containsExactly(RowSealer.DOMAIN, RowSealer.HEAD);
    }

    @Test
    void isDamageWhereAStoreMustBe() {
      assertThatThrownBy(() -> Bench.open(records, Bench.existing(access)))
          .isInstanceOf(StoreDamagedException.class);
      assertThat(records.batches()).isEmpty();
    }

    @Test
    void staysEmptyWhenItCannotBeWritten() {
      records.failAt(0);
      assertThatThrownBy(() -> Bench.open(records, access)).isInstanceOf(StoreWriteException.class);
      assertThat(records.rows()).isEmpty();
      Bench.open(records, access).close();
      assertThat(records.rows()).hasSize(2);
    }

    @Test
    void knowsItsSecurityDomainAgain() {
      SealedStore first = Bench.open(records, access);
      SecurityDomain domain = first.securityDomain();
      SealedStore second = Bench.open(records, access);
      assertThat(second.securityDomain().hsmId()).isEqualTo(domain.hsmId());
      assertThat(second.securityDomain().indexKey(access.instance()))
          .isEqualTo(domain.indexKey(access.instance()));
      first.close();
      second.close();
    }
  }

  @Nested
  @DisplayName("A store with records")
  class Filled {
    private List<SealedRow> rows = List.of();
    private List<SealedRow> older = List.of();
    private List<String> state = List.of();

    @BeforeEach
    void fill() {
      try (SealedStore store = Bench.open(records, access)) {
        StoredKeys keys = StoredKeys.open(store, Bench.PROVIDERS);
        KeyRecord first = Bench.create(keys, "first");
        Bench.create(keys, "second");
        SealedValues.open(store).put("client", SecretBytes.owning("secret".getBytes(UTF_8)));
        older = records.rows();
        keys.commit(Bench.rotation(first));
        state = Bench.state(keys);
        rows = records.rows();
      }
    }

    private List<String> reopened(List<SealedRow> changed) {
      try (SealedStore store = Bench.open(holding(changed), access)) {
        return Bench.state(StoredKeys.open(store, Bench.PROVIDERS));
      }
    }

    private void isDamagedBy(Consumer<List<SealedRow>> change) {
      List<SealedRow> changed = new ArrayList<>(rows);
      change.accept(changed);
      RecordStore store = holding(changed);
      assertThatThrownBy(() -> Bench.open(store, access)).isInstanceOf(StoreDamagedException.class);
      List<SealedRow> after = new ArrayList<>();
      store.load(after::add);
      assertThat(after).containsExactlyInAnyOrderElementsOf(changed);
    }

    private void isDamagedBy(int index, UnaryOperator<SealedRow> change) {
      isDamagedBy(all -> all.set(index, change.apply(all.get(index))));
    }

    @Test
    void comesBackAsItWas() {
      assertThat(reopened(rows)).isEqualTo(state).hasSize(2);
    }

    @Test
    void doesNotOpenWithAnotherPlatformKey() {
      assertThatThrownBy(() -> Bench.open(holding(rows), Bench.otherPlatformKey(access)))
          .isInstanceOf(CannotUnsealException.class);
    }

    @Test
    void doesNotOpenAsAnotherInstanceWithTheSameDomain() {
      assertThatThrownBy(() -> Bench.open(holding(rows), Bench.otherInstance(access)))
          .isInstanceOf(StoreDamagedException.class);
    }

    @Test
    void missesEveryRowThatWasDeleted() {
      for (int i = 0; i < rows.size(); i++) {
        int index = i;
        isDamagedBy(all -> all.remove(index));
      }
    }

    @Test
    void noticesARowThatWasPutBack() {
      int replaced = 0;
      for (int i = 0; i < rows.size(); i++) {
        for (SealedRow old : older) {
          if (old.key().equals(rows.get(i).key()) && old.revision() != rows.get(i).revision()) {
            isDamagedBy(i, row -> old);
            replaced++;
          }
        }
      }
      assertThat(replaced).as("the head and the rotated key").isEqualTo(2);
    }

    @Test
    void noticesADeletedRowThatWasPutBack() {
      try (SealedStore store = Bench.open(records, access)) {
        StoredKeys keys = StoredKeys.open(store, Bench.PROVIDERS);
        keys.commit(Bench.deletion(keys.page(0, 1).get(0)));
      }
      List<SealedRow> before = rows;
      rows = records.rows();
      List<RowKey> left = rows.stream().map(SealedRow::key).toList();
      List<SealedRow> deleted = before.stream().filter(row -> !left.contains(row.key())).toList();
      assertThat(deleted).isNotEmpty();
      deleted.forEach(row -> isDamagedBy(all -> all.add(row)));
    }

    @Test
    void noticesSwappedRows() {
      for (int i = 2; i < rows.size() - 1; i++) {
        int index = i;
        isDamagedBy(
            all -> {
              SealedRow one = all.get(index);
              SealedRow two = all.get(index + 1);
              all.set(index, withKey(one, two.key()));
              all.set(index + 1, withKey(two, one.key()));
            });
      }
    }

    @Test
    void noticesARowInAnotherGeneration() {
      for (int i = 2; i < rows.size(); i++) {
        isDamagedBy(i, row -> withKey(row, new RowKey(7, row.key().id())));
        isDamagedBy(i, row -> withKey(row, new RowKey(-1, row.key().id())));
      }
    }

    @Test
    void noticesAnotherRevision() {
      for (int i = 1; i < rows.size(); i++) {
        isDamagedBy(i, row -> new SealedRow(row.key(), row.revision() + 1, row.sealed()));
        isDamagedBy(i, row -> new SealedRow(row.key(), row.revision() - 1, row.sealed()));
      }
    }

    @Test
    void noticesEveryFlippedBitOfIdsAndASampleOfContent() {
      for (int i = 1; i < rows.size(); i++) {
        for (int bit = 0; bit < 256; bit += 5) {
          int flip = bit;
          isDamagedBy(
              i,
              row ->
                  withKey(row, new RowKey(row.key().generation(), flipped(row.key().id(), flip))));
        }
        for (int bit = 0; bit < 8 * rows.get(i).sealed().length; bit += 37) {
          int flip = bit;
          isDamagedBy(
              i, row -> new SealedRow(row.key(), row.revision(), flipped(row.sealed(), flip)));
        }
      }
    }

    @Test
    void doesNotOpenWithAnyBitOfTheDomainFlipped() {
      for (int bit = 0; bit < 8 * rows.get(0).sealed().length; bit++) {
        List<SealedRow> changed = new ArrayList<>(rows);
        SealedRow domain = rows.get(0);
        changed.set(
            0, new SealedRow(domain.key(), domain.revision(), flipped(domain.sealed(), bit)));
        assertThatThrownBy(() -> Bench.open(holding(changed), access))
            .isInstanceOfAny(StoreDamagedException.class, CannotUnsealException.class);
      }
    }

    @Test
    void namesKindAndPositionOfWhatItCannotRead() {
      assertThatThrownBy(() -> SealedStore.open(holding(rows), access, StoredKeys.kinds()))
          .isInstanceOf(StoreDamagedException.class)
          .hasMessageContaining("unknown kind value")
          .hasMessageContaining("position 3");
    }

    @Test
    void isBlindToUnusedGenerationsAndRemovesThem() {
      List<SealedRow> changed = new ArrayList<>(rows);
      for (int i = 0; i < 3; i++) {
        changed.add(new SealedRow(new RowKey(9, new byte[32]), 1 + i, new byte[100]));
      }
      RecordStore store = holding(changed);
      Bench.open(store, access).close();
      List<SealedRow> after = new ArrayList<>();
      store.load(after::add);
      assertThat(after).containsExactlyElementsOf(rows);
    }

    @Test
    void refusesRowsThatComeTwice() {
      RecordStore doubled =
          new RecordStore() {
            @Override
            public void load(Consumer<SealedRow> into) {
              for (SealedRow row : rows) {
                into.accept(row);
                into.accept(row);
              }
            }

            @Override
            public void commit(List<RowChange> changes) {}

            @Override
            public List<SealedRow> changesSince(long counter) {
              return List.of();
            }

            @Override
            public void close() {}
          };
      assertThatThrownBy(() -> Bench.open(doubled, access))
          .isInstanceOf(StoreDamagedException.class)
          .hasMessageContaining("twice");
    }
  }

  @Test
  void refusesTwoKindsOfOneName() {
    assertThatThrownBy(
            () -> SealedStore.open(records, access, List.of(SealedValues.KIND, SealedValues.KIND)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
