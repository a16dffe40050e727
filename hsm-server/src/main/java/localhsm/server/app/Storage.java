package localhsm.server.app;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import localhsm.crypto.Providers;
import localhsm.secret.CannotUnsealException;
import localhsm.secret.PlatformKey;
import localhsm.secret.Sealing;
import localhsm.secret.SecretBytes;
import localhsm.server.authority.KeptSecrets;
import localhsm.server.config.ServerConfig;
import localhsm.store.DataFolder;
import localhsm.store.RecordKind;
import localhsm.store.RecordStore;
import localhsm.store.SealedStore;
import localhsm.store.SealedValues;
import localhsm.store.StoreDamagedException;
import localhsm.store.StoreWriteException;
import localhsm.store.StoredKeys;

/**
 * The state of the HSM: sealed in a data folder, or sealed in memory and gone with the process.
 *
 * @param kept where the embedded authority keeps its secrets
 */
record Storage(Optional<DataFolder> folder, SealedStore store, StoredKeys keys, KeptSecrets kept)
    implements AutoCloseable {
  private static final List<RecordKind<?>> KINDS =
      Stream.concat(StoredKeys.kinds().stream(), Stream.of(SealedValues.KIND)).toList();

  /**
   * Opens what is there, or provisions a new HSM.
   *
   * @param cache folder for the database's native library
   * @throws StartRefused when the folder cannot be used or its content does not open
   */
  static Storage open(ServerConfig.Data data, Providers providers, Path cache) {
    Sealing sealing = new Sealing(providers.sealing(), providers.random());
    if (data.folder().isEmpty()) {
      SealedStore store =
          SealedStore.open(RecordStore.inMemory(), SealedStore.Access.temporary(sealing), KINDS);
      return of(Optional.empty(), store, providers);
    }
    try {
      return open(data, data.folder().get(), providers, cache);
    } catch (CannotUnsealException e) {
      throw StartRefused.cannotUnseal(
          e.getMessage() + "; start with the platform key that this folder was made with");
    } catch (DataFolder.LockedException e) {
      throw StartRefused.dataFolder(
          e.getMessage() + "; stop the other one or choose another --data folder");
    } catch (StoreDamagedException e) {
      throw StartRefused.dataFolder(
          e.getMessage()
              + "; nothing was changed: put back a copy or choose another --data folder");
    } catch (DataFolder.UnreadableException | StoreWriteException e) {
      throw StartRefused.configuration(
          e.getMessage() + "; choose a --data folder that this user can write");
    }
  }

  private static Storage open(ServerConfig.Data data, Path path, Providers providers, Path cache) {
    DataFolder folder = DataFolder.open(path, providers.random());
    boolean opened = false;
    try (PlatformKey key = platformKey(data, folder, providers.random())) {
      Sealing sealing = new Sealing(providers.sealing(), providers.random());
      Storage storage =
          of(Optional.of(folder), folder.openStore(key, sealing, KINDS, cache), providers);
      opened = true;
      return storage;
    } finally {
      if (!opened) {
        folder.close();
      }
    }
  }

  private static PlatformKey platformKey(
      ServerConfig.Data data, DataFolder folder, SecureRandom random) {
    return data.platformKeyFile()
        .map(PlatformKey::read)
        .orElseGet(() -> folder.platformKey(random));
  }

  private static Storage of(Optional<DataFolder> folder, SealedStore store, Providers providers) {
    StoredKeys keys = StoredKeys.open(store, providers);
    return new Storage(folder, store, keys, kept(SealedValues.open(store)));
  }

  private static KeptSecrets kept(SealedValues values) {
    return new KeptSecrets() {
      @Override
      public Optional<SecretBytes> find(String name) {
        return values.find(name);
      }

      @Override
      public void put(String name, SecretBytes value) {
        values.put(name, value);
      }
    };
  }

  @Override
  public void close() {
    store.close();
    folder.ifPresent(DataFolder::close);
  }
}
