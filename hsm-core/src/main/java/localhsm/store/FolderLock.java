package localhsm.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import localhsm.secret.PrivateFiles;

/** The exclusive hold on a folder: against other processes, and against this one. */
final class FolderLock implements AutoCloseable {
  private static final String HELD = "localhsm.folder.held:";

  private final String held;
  private final FileChannel file;

  private FolderLock(String held, FileChannel file) {
    this.held = held;
    this.file = file;
  }

  /**
   * Takes the folder.
   *
   * @throws DataFolder.LockedException when it is taken
   */
  static FolderLock take(Path folder) throws IOException {
    // Whoever closes a file drops all locks that its process has on it (POSIX fcntl), so a second
    // attempt in this JVM must not even open it. The system properties are what all class loaders
    // of a JVM share.
    String held = HELD + folder.toRealPath();
    if (System.getProperties().putIfAbsent(held, "") != null) {
      throw locked(folder);
    }
    Optional<FileChannel> file = Optional.empty();
    try {
      file = lock(folder.resolve("lock"));
    } finally {
      if (file.isEmpty()) {
        System.clearProperty(held);
      }
    }
    return new FolderLock(held, file.orElseThrow(() -> locked(folder)));
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new DataFolder.UnreadableException("Cannot release the data folder", e);
    } finally {
      System.clearProperty(held);
    }
  }

  private static Optional<FileChannel> lock(Path path) throws IOException {
    try {
      PrivateFiles.createFile(path);
    } catch (FileAlreadyExistsException e) {
      // left by an earlier start: the file stays, only the lock on it counts
    }
    FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE);
    FileLock lock = file.tryLock();
    if (lock == null) {
      file.close();
      return Optional.empty();
    }
    return Optional.of(file);
  }

  private static DataFolder.LockedException locked(Path folder) {
    return new DataFolder.LockedException("The data folder is in use: " + folder, null);
  }
}
