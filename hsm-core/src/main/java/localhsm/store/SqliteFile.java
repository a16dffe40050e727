package localhsm.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.sqlite.jdbc4.JDBC4Connection;

/**
 * Connections to one SQLite file, and what it must be to be ours. They are made without {@link
 * java.sql.DriverManager}, which would load every driver there is.
 */
record SqliteFile(Path path) {
  private static final String TABLE =
      "CREATE TABLE row (generation INTEGER NOT NULL, id BLOB NOT NULL, revision INTEGER NOT NULL,"
          + " sealed BLOB NOT NULL, PRIMARY KEY (generation, id)) STRICT, WITHOUT ROWID";
  // "LHSM"
  private static final int APPLICATION_ID = 0x4C48534D;
  private static final int FORMAT = 1;
  private static final int BUSY_MILLIS = 1000;

  /** Work on a connection before it is handed over. */
  private interface Preparation {
    void on(Connection connection) throws SQLException;
  }

  /** Reads only; not even the write-ahead log is changed. */
  Connection read() throws SQLException {
    SQLiteConfig config = config();
    config.setReadOnly(true);
    return open(config, connection -> {});
  }

  /** Reads and writes. */
  Connection write() throws SQLException {
    return open(config(), this::flushAlways);
  }

  /** Reads and writes; makes the table in a blank file. */
  Connection create() throws SQLException {
    return open(
        config(),
        connection -> {
          flushAlways(connection);
          makeTable(connection);
        });
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Tells damage from a file that is in use or out of reach. */
  static RuntimeException unreadable(Path path, SQLException e) {
    if (!(e instanceof SQLiteException sqlite)) {
      return new DataFolder.UnreadableException("Cannot open " + path, e);
    }
    return switch (primary(sqlite.getResultCode())) {
      case SQLITE_BUSY, SQLITE_LOCKED ->
          new DataFolder.LockedException(path + " is in use by another program", e);
      case SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH, SQLITE_READONLY ->
          new DataFolder.UnreadableException("Cannot open " + path, e);
      default -> new StoreDamagedException("The store is damaged: " + path, e);
    };
  }

  private static SQLiteErrorCode primary(SQLiteErrorCode code) {
    return SQLiteErrorCode.getErrorCode(code.code & 0xFF);
  }

  private Connection open(SQLiteConfig config, Preparation preparation) throws SQLException {
    String name = path.toAbsolutePath().toString();
    Connection connection = new JDBC4Connection("jdbc:sqlite:" + name, name, config.toProperties());
    boolean ready = false;
    try {
      preparation.on(connection);
      check(connection);
      ready = true;
      return connection;
    } finally {
      if (!ready) {
        connection.close();
      }
    }
  }

  private void flushAlways(Connection connection) throws SQLException {
    if (!text(connection, "PRAGMA journal_mode = WAL").equals("wal")) {
      throw new SQLException("no write-ahead log in " + path);
    }
    execute(connection, "PRAGMA synchronous = FULL");
    // on macOS a plain flush stops at the drive's own cache
    execute(connection, "PRAGMA fullfsync = ON");
    execute(connection, "PRAGMA checkpoint_fullfsync = ON");
  }

  private static void makeTable(Connection connection) throws SQLException {
    if (number(connection, "SELECT count(*) FROM sqlite_schema") == 0) {
      execute(connection, "BEGIN IMMEDIATE");
      execute(connection, "PRAGMA application_id = " + APPLICATION_ID);
      execute(connection, "PRAGMA user_version = " + FORMAT);
      execute(connection, TABLE);
      execute(connection, "COMMIT");
    }
  }

  private void check(Connection connection) throws SQLException {
    if (number(connection, "PRAGMA application_id") != APPLICATION_ID
        || number(connection, "PRAGMA user_version") != FORMAT
        || number(connection, "SELECT count(*) FROM sqlite_schema") != 1
        || !text(connection, "SELECT sql FROM sqlite_schema").equals(TABLE)) {
      throw new StoreDamagedException(
          "The store is damaged: " + path + " is not a store of this version", null);
    }
  }

  private static SQLiteConfig config() {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_MILLIS);
    return config;
  }

  private static long number(Connection connection, String sql) throws SQLException {
    return Long.parseLong(text(connection, sql));
  }

  private static String text(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      return result.next() ? String.valueOf(result.getString(1)) : "";
    }
  }
}
