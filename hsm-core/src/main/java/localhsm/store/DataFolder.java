package localhsm.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import localhsm.secret.InstanceId;
import localhsm.secret.PlatformKey;
import localhsm.secret.PrivateFiles;
import localhsm.secret.Sealing;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one HSM, held by one process at a time: the store, the id of the instance, and the
 * platform key unless that lies elsewhere.
 *
 * <p>The instance id is written as {@code instance.id.new} before the store is provisioned and
 * renamed afterwards. So a start that broke off in between is simply repeated, and a folder with an
 * {@code instance.id} must hold a whole store.
 */
public final class DataFolder implements AutoCloseable {

  /** Another process, or another HSM in this one, holds the folder. */
  public static final class LockedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LockedException(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** The folder cannot be made, read or written. */
  public static final class UnreadableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableException(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  private static final String INSTANCE = "instance.id";
  private static final String NEW_INSTANCE = "instance.id.new";

  private final Path path;
  private final FolderLock lock;
  private final InstanceId instance;
  private final boolean holdsStore;

  private DataFolder(Path path, FolderLock lock, InstanceId instance, boolean holdsStore) {
    this.path = path;
    this.lock = lock;
    this.instance = instance;
    this.holdsStore = holdsStore;
  }

  /**
   * Makes the folder if it is missing, and takes it.
   *
   * @throws LockedException when it is taken
   * @throws UnreadableException when it is no folder that this process can use
   * @throws StoreDamagedException when the instance id is damaged
   */
  public static DataFolder open(Path path, SecureRandom random) {
    if (path.toString().contains("?")) {
      // the database's library reads options from there on
      throw new UnreadableException("The path of a data folder cannot have a '?': " + path, null);
    }
    try {
      PrivateFiles.createFolders(path);
      if (isEmpty(path)) {
        PrivateFiles.restrictFolder(path);
      }
      FolderLock lock = FolderLock.take(path);
      boolean ready = false;
      try {
        boolean holdsStore = Files.exists(path.resolve(INSTANCE));
        DataFolder folder = new DataFolder(path, lock, instance(path, random), holdsStore);
        ready = true;
        return folder;
      } finally {
        if (!ready) {
          lock.close();
        }
      }
    } catch (IOException e) {
      throw new UnreadableException("Cannot use the data folder " + path, e);
    }
  }

  /** Whether a store was provisioned here. */
  public boolean holdsStore() {
    return holdsStore;
  }

  /**
   * The platform key that lies in the folder itself; made together with the store.
   *
   * @throws localhsm.secret.CannotUnsealException when the store is there and the key is not
   */
  public PlatformKey platformKey(SecureRandom random) {
    Path file = path.resolve("platform.key");
    return holdsStore || Files.exists(file)
        ? PlatformKey.read(file)
        : PlatformKey.create(file, random);
  }

  /**
   * Opens the store, or provisions it when the folder holds none.
   *
   * @param kinds every kind that may lie in the store
   * @param nativeCache folder for the database's native library, shared by all data folders
   * @throws LockedException when another program uses the database
   * @throws UnreadableException when the database cannot be opened
   * @throws StoreDamagedException when anything is not what was written
   * @throws localhsm.secret.CannotUnsealException when another platform key wrapped the domain
   * @throws StoreWriteException when a new store cannot be written
   */
  public SealedStore openStore(
      PlatformKey key, Sealing sealing, List<RecordKind<?>> kinds, Path nativeCache) {
    NativeLibrary.prepare(nativeCache);
    SqliteRecordStore records = SqliteRecordStore.open(path.resolve("store.db"), !holdsStore);
    boolean ready = false;
    try {
      SealedStore.Access access = new SealedStore.Access(instance, key, sealing, holdsStore);
      SealedStore store = SealedStore.open(records, access, kinds);
      if (!holdsStore) {
        PrivateFiles.move(path.resolve(NEW_INSTANCE), path.resolve(INSTANCE));
      }
      ready = true;
      return store;
    } catch (IOException e) {
      throw new UnreadableException("Cannot finish the data folder " + path, e);
    } finally {
      if (!ready) {
        records.close();
      }
    }
  }

  /** Lets the folder go; the store is closed before. */
  @Override
  public void close() {
    lock.close();
  }

  private static InstanceId instance(Path path, SecureRandom random) throws IOException {
    Path file = path.resolve(INSTANCE);
    Path fresh = path.resolve(NEW_INSTANCE);
    if (Files.exists(file)) {
      return parse(file);
    }
    if (Files.exists(fresh)) {
      return parse(fresh);
    }
    if (Files.exists(path.resolve("store.db"))) {
      throw new StoreDamagedException("The store is damaged: " + file + " is missing", null);
    }
    InstanceId instance = InstanceId.random(random);
    PrivateFiles.write(fresh, (instance + "\n").getBytes(StandardCharsets.US_ASCII));
    return instance;
  }

  private static InstanceId parse(Path file) throws IOException {
    try {
      String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
      InstanceId instance = new InstanceId(UUID.fromString(text.strip()));
      if (text.strip().equals(instance.toString())) {
        return instance;
      }
    } catch (IllegalArgumentException e) {
      throw new StoreDamagedException("The store is damaged: not an instance id: " + file, e);
    }
    throw new StoreDamagedException("The store is damaged: not an instance id: " + file, null);
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    }
  }
}
