package localhsm.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import localhsm.secret.PrivateFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rows in one SQLite file, in WAL mode with a flush at every commit.
 *
 * <p>A store that exists is read through a connection that cannot write, so that a start that fails
 * leaves even the write-ahead log as it was; the first commit replaces it by one that can. Seals
 * and sum find every row that is not what it was; SQLite's own quick check finds what they cannot
 * see and a later commit would stumble over, such as a page that is both free and in use.
 *
 * <p>A failed batch is rolled back, then looked for. If it is there after all, or nobody can tell,
 * the store takes no further writes until the next start.
 */
final class SqliteRecordStore implements RecordStore {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteRecordStore.class);
  private static final int ID_BYTES = 32;

  private final SqliteFile file;
  private Connection connection;
  private boolean writable;
  private Optional<SQLException> doubt = Optional.empty();

  private SqliteRecordStore(SqliteFile file, Connection connection, boolean writable) {
    this.file = file;
    this.connection = connection;
    this.writable = writable;
  }

  /**
   * Opens the file.
   *
   * @param mayCreate whether a missing or blank file becomes a new store
   * @throws StoreDamagedException when it is missing, blank or something else
   */
  static SqliteRecordStore open(Path path, boolean mayCreate) {
    SqliteFile file = new SqliteFile(path);
    try {
      if (!Files.exists(path)) {
        if (!mayCreate) {
          throw new StoreDamagedException("The store is damaged: " + path + " is missing", null);
        }
        PrivateFiles.createFile(path);
      }
      Connection connection = mayCreate ? file.create() : file.read();
      return new SqliteRecordStore(file, connection, mayCreate);
    } catch (SQLException e) {
      throw SqliteFile.unreadable(path, e);
    } catch (IOException e) {
      throw new DataFolder.UnreadableException("Cannot create " + path, e);
    }
  }

  @Override
  public synchronized void load(Consumer<SealedRow> into) {
    try (Statement statement = connection.createStatement()) {
      quickCheck(statement);
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT generation, id, revision, sealed FROM row ORDER BY generation, id")) {
        while (rows.next()) {
          into.accept(row(rows));
        }
      }
    } catch (SQLException e) {
      throw SqliteFile.unreadable(file.path(), e);
    }
  }

  @Override
  public synchronized void commit(List<RowChange> changes) {
    if (doubt.isPresent()) {
      throw new StoreWriteException(
          "Nothing is written since a commit whose outcome is unclear; restart", doubt.get());
    }
    try {
      ensureWritable();
      SqliteFile.execute(connection, "BEGIN IMMEDIATE");
      apply(changes);
      SqliteFile.execute(connection, "COMMIT");
    } catch (SQLException e) {
      if (writable) {
        undo(changes, e);
      }
      throw new StoreWriteException("The store cannot be written", e);
    }
  }

  @Override
  public List<SealedRow> changesSince(long counter) {
    return List.of();
  }

  /** Moves the log into the file; what cannot be moved stays, durable, in the log. */
  @Override
  public synchronized void close() {
    try (Connection closing = connection) {
      if (writable && !closing.isClosed()) {
        SqliteFile.execute(closing, "PRAGMA wal_checkpoint(TRUNCATE)");
      }
    } catch (SQLException e) {
      LOG.warn("The store was not closed cleanly; the next start repairs it", e);
    }
  }

  private void ensureWritable() throws SQLException {
    if (!writable) {
      Connection writing = file.write();
      connection.close();
      connection = writing;
      writable = true;
    }
  }

  private void apply(List<RowChange> changes) throws SQLException {
    try (PreparedStatement put =
            connection.prepareStatement(
                "INSERT OR REPLACE INTO row (generation, id, revision, sealed) VALUES (?,?,?,?)");
        PreparedStatement delete =
            connection.prepareStatement("DELETE FROM row WHERE generation = ? AND id = ?")) {
      for (RowChange change : changes) {
        if (change instanceof RowChange.Put written) {
          SealedRow row = written.row();
          put.setLong(1, row.key().generation());
          put.setBytes(2, row.key().id());
          put.setLong(3, row.revision());
          put.setBytes(4, row.sealed());
          put.executeUpdate();
        } else {
          delete.setLong(1, change.key().generation());
          delete.setBytes(2, change.key().id());
          delete.executeUpdate();
        }
      }
    }
  }

  private void undo(List<RowChange> changes, SQLException failure) {
    try {
      SqliteFile.execute(connection, "ROLLBACK");
    } catch (SQLException e) {
      // usual after a failure that made SQLite roll back by itself
      failure.addSuppressed(e);
    }
    try {
      for (RowChange change : changes) {
        if (change instanceof RowChange.Put put && holds(put.row())) {
          doubt = Optional.of(failure);
        }
      }
    } catch (SQLException e) {
      failure.addSuppressed(e);
      doubt = Optional.of(failure);
    }
  }

  private boolean holds(SealedRow row) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT sealed FROM row WHERE generation = ? AND id = ?")) {
      select.setLong(1, row.key().generation());
      select.setBytes(2, row.key().id());
      try (ResultSet found = select.executeQuery()) {
        return found.next() && Arrays.equals(found.getBytes(1), row.sealed());
      }
    }
  }

  private void quickCheck(Statement statement) throws SQLException {
    try (ResultSet result = statement.executeQuery("PRAGMA quick_check(1)")) {
      if (!result.next() || !result.getString(1).equals("ok")) {
        throw new StoreDamagedException(
            "The store is damaged: " + file.path() + " is not a whole database", null);
      }
    }
  }

  private SealedRow row(ResultSet rows) throws SQLException {
    byte[] id = rows.getBytes(2);
    byte[] sealed = rows.getBytes(4);
    if (id == null || id.length != ID_BYTES || sealed == null) {
      throw new StoreDamagedException("The store is damaged: not a row in " + file.path(), null);
    }
    return new SealedRow(new RowKey(rows.getLong(1), id), rows.getLong(3), sealed);
  }
}
