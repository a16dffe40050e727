package localhsm.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.jdbc4.JDBC4Connection;

class SqliteRecordStoreTest {
  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("store.db");
  }

  private static SealedRow row(long generation, int id, int revision) {
    byte[] key = new byte[32];
    key[0] = (byte) id;
    return new SealedRow(new RowKey(generation, key), revision, new byte[] {(byte) id});
  }

  private static RowChange put(SealedRow row) {
    return new RowChange.Put(row);
  }

  private static List<RowKey> keys(RecordStore store) {
    List<RowKey> keys = new ArrayList<>();
    store.load(row -> keys.add(row.key()));
    return keys;
  }

  private Connection other() throws SQLException {
    return new JDBC4Connection("jdbc:sqlite:" + file(), file().toString(), new Properties());
  }

  @Test
  void handsRowsOverInTheOrderOfTheirKeys() {
    SealedRow a = row(0, 0x7F, 1);
    SealedRow b = row(0, 0x80, 1);
    SealedRow c = row(2, 0x01, 1);
    for (RecordStore store :
        List.of(RecordStore.inMemory(), SqliteRecordStore.open(file(), true))) {
      store.commit(List.of(put(c), put(b), put(a)));
      assertThat(keys(store)).containsExactly(a.key(), b.key(), c.key());
      store.commit(List.of(new RowChange.Delete(b.key()), put(row(0, 0x7F, 2))));
      List<SealedRow> rows = new ArrayList<>();
      store.load(rows::add);
      assertThat(rows).extracting(SealedRow::revision).containsExactly(2L, 1L);
      assertThat(store.changesSince(0)).isEmpty();
      store.close();
    }
  }

  @Test
  void writesAllOfABatchOrNothing() {
    SqliteRecordStore store = SqliteRecordStore.open(file(), true);
    SealedRow whole = row(1, 1, 1);
    store.commit(List.of(put(whole)));
    SealedRow notNull = new SealedRow(row(1, 3, 1).key(), 1, nothing());
    assertThatThrownBy(() -> store.commit(List.of(put(row(1, 2, 1)), put(notNull))))
        .isInstanceOf(StoreWriteException.class);
    assertThat(keys(store)).containsExactly(whole.key());
    store.commit(List.of(put(row(1, 4, 1))));
    store.close();
    SqliteRecordStore again = SqliteRecordStore.open(file(), false);
    assertThat(keys(again)).hasSize(2);
    again.close();
  }

  @SuppressWarnings("NullAway") // the database itself must refuse it
  private static byte[] nothing() {
    return null;
  }

  @Test
  void goesOnAfterAnotherProgramHeldTheDatabase() throws SQLException {
    SqliteRecordStore store = SqliteRecordStore.open(file(), true);
    store.commit(List.of(put(row(1, 1, 1))));
    try (Connection other = other()) {
      SqliteFile.execute(other, "BEGIN IMMEDIATE");
      assertThatThrownBy(() -> store.commit(List.of(put(row(1, 2, 1)))))
          .isInstanceOf(StoreWriteException.class);
      SqliteFile.execute(other, "ROLLBACK");
    }
    store.commit(List.of(put(row(1, 3, 1))));
    assertThat(keys(store)).containsExactly(row(1, 1, 1).key(), row(1, 3, 1).key());
    store.close();
  }

  @Test
  void takesNothingMoreWhenAFailedBatchIsThereAllTheSame() throws SQLException {
    SqliteRecordStore store = SqliteRecordStore.open(file(), true);
    store.commit(List.of(put(row(1, 1, 1))));
    try (Connection other = other()) {
      // a lock that makes the batch fail, and the very row of the batch beside it
      SqliteFile.execute(other, "BEGIN IMMEDIATE");
      assertThatThrownBy(() -> store.commit(List.of(put(row(1, 1, 1)))))
          .isInstanceOf(StoreWriteException.class);
      SqliteFile.execute(other, "ROLLBACK");
    }
    assertThatThrownBy(() -> store.commit(List.of(put(row(1, 2, 1)))))
        .isInstanceOf(StoreWriteException.class)
        .hasMessageContaining("unclear");
    assertThat(keys(store)).hasSize(1);
    store.close();
  }

  @Test
  void leavesNoLogWhenItIsClosed() {
    SqliteRecordStore store = SqliteRecordStore.open(file(), true);
    store.commit(List.of(put(row(1, 1, 1))));
    assertThat(folder.resolve("store.db-wal")).isNotEmptyFile();
    store.close();
    assertThat(folder.resolve("store.db-wal")).doesNotExist();
  }

  @Test
  void isDamagedWhereAFolderLies() throws Exception {
    Files.createDirectory(file());
    assertThatThrownBy(() -> SqliteRecordStore.open(file(), false))
        .isInstanceOf(StoreDamagedException.class);
  }
}
