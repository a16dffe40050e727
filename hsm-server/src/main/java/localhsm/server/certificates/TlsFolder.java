package localhsm.server.certificates;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A folder whose files are written whole, one start at a time, and are nobody else's to read.
 *
 * @param path made when it is missing
 */
record TlsFolder(Path path) {
  private static final String LOCK = "lock";
  private static final int LOCK_TRIES = 200;
  private static final int LOCK_PAUSE_MILLIS = 50;

  /** Does the work while no other process, and no other thread of this one, is in the folder. */
  <T> T locked(Supplier<T> work) {
    makeFolder();
    Path lock = path.resolve(LOCK);
    try (FileChannel channel =
            FileChannel.open(
                lock,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                mode("rw-------"));
        FileLock held = waitFor(channel)) {
      if (!held.isValid()) {
        throw new IOException("the lock was lost");
      }
      return work.get();
    } catch (IOException e) {
      throw failed("cannot lock", lock, e);
    }
  }

  /** The file's text; empty when there is no such file. */
  Optional<String> read(String name) {
    Path file = path.resolve(name);
    try {
      return Optional.of(Files.readString(file, ISO_8859_1));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw failed("cannot read", file, e);
    }
  }

  /** Writes the file whole: it has its old content or the new one, never a part. */
  void write(String name, byte[] content) {
    Path file = path.resolve(name);
    Path part = path.resolve(name + ".part");
    try {
      Files.deleteIfExists(part);
      try (FileChannel channel =
          FileChannel.open(
              part,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              mode("rw-------"))) {
        ByteBuffer buffer = ByteBuffer.wrap(content);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        channel.force(true);
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw failed("cannot write", file, e);
    }
  }

  void write(String name, String content) {
    write(name, content.getBytes(ISO_8859_1));
  }

  void delete(String name) {
    Path file = path.resolve(name);
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw failed("cannot delete", file, e);
    }
  }

  private void makeFolder() {
    try {
      if (!Files.isDirectory(path)) {
        Files.createDirectories(path, mode("rwx------"));
      }
    } catch (IOException e) {
      throw failed("cannot make", path, e);
    }
  }

  private static FileLock waitFor(FileChannel channel) throws IOException {
    for (int tries = 0; tries < LOCK_TRIES; tries++) {
      FileLock lock = tryLock(channel);
      if (lock != null) {
        return lock;
      }
      try {
        Thread.sleep(LOCK_PAUSE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }
    throw new IOException("another process has held it for ten seconds");
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private FileAttribute<?>[] mode(String permissions) {
    boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  private static TlsFolderException failed(String what, Path file, IOException cause) {
    return new TlsFolderException(
        what + " " + file + " (" + cause + "): make it usable, or choose another folder", cause);
  }
}
