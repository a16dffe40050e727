package localhsm.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import localhsm.crypto.Providers;
import localhsm.id.KeyName;
import localhsm.id.KeyVersion;
import localhsm.keys.KeyChange;
import localhsm.keys.KeyLedger;
import localhsm.keys.KeyRecord;
import localhsm.keys.KeyVersionRecord;
import localhsm.keys.lifecycle.KeyArchive;
import localhsm.secret.SecretBytes;

/**
 * The keys of a sealed store. A key's own row is written by every change of the key, so that the
 * store sees two changes of one key in order.
 */
public final class StoredKeys implements KeyLedger, KeyArchive {
  private static final RecordKind<StoredKey> KEY = RecordKind.backedUp("key", new KeyCodec());
  private static final RecordKind<StoredVersion> VERSION =
      RecordKind.backedUp("key-version", new KeyVersionCodec());

  private final SealedStore store;
  private final Providers providers;
  private final Map<KeyName, KeyRecord> byName = new ConcurrentHashMap<>();
  private final ConcurrentSkipListMap<Long, KeyRecord> live = new ConcurrentSkipListMap<>();
  private final ConcurrentSkipListMap<Long, KeyRecord> deleted = new ConcurrentSkipListMap<>();

  private StoredKeys(SealedStore store, Providers providers) {
    this.store = store;
    this.providers = providers;
  }

  /** The kinds under which keys are stored. */
  public static List<RecordKind<?>> kinds() {
    return List.of(KEY, VERSION);
  }

  /**
   * Takes over the keys of a store that was opened with {@link #kinds}: once for each store.
   *
   * @throws StoreDamagedException when keys and versions do not belong together
   */
  public static StoredKeys open(SealedStore store, Providers providers) {
    StoredKeys keys = new StoredKeys(store, providers);
    keys.load(store.take(KEY), new HashMap<>(store.take(VERSION)));
    return keys;
  }

  @Override
  public Optional<KeyRecord> lookUp(KeyName name) {
    return Optional.ofNullable(byName.get(name));
  }

  @Override
  public List<KeyRecord> page(long after, int limit) {
    return live.tailMap(after, false).values().stream().limit(limit).toList();
  }

  @Override
  public List<KeyRecord> pageDeleted(long after, int limit) {
    return deleted.tailMap(after, false).values().stream().limit(limit).toList();
  }

  @Override
  public long nextSequence() {
    return store.nextSequence();
  }

  @Override
  public boolean commit(KeyChange change) {
    Commit commit = new Commit();
    change.after().ifPresentOrElse(after -> putKey(commit, after), () -> deleteKey(commit, change));
    Map<KeyVersion, KeyVersionRecord> gone = new HashMap<>();
    change.before().ifPresent(before -> before.versions().forEach(v -> gone.put(v.version(), v)));
    change.after().ifPresent(after -> putVersions(commit, after, gone));
    change
        .before()
        .ifPresent(
            before ->
                gone.keySet().forEach(v -> commit.delete(VERSION, rowName(before.name(), v))));
    return store.commit(commit.onlyIf(() -> stands(change)).then(() -> show(change)));
  }

  @Override
  public void clear() {
    List<KeyRecord> all = List.copyOf(byName.values());
    while (!all.isEmpty() && !removed(all)) {
      all = List.copyOf(byName.values());
    }
  }

  private boolean removed(List<KeyRecord> keys) {
    List<KeyChange> changes =
        keys.stream().map(key -> new KeyChange(Optional.of(key), Optional.empty())).toList();
    Commit commit = new Commit();
    for (KeyRecord key : keys) {
      commit.delete(KEY, key.name().folded());
      key.versions().forEach(v -> commit.delete(VERSION, rowName(key.name(), v.version())));
    }
    return store.commit(
        commit
            .onlyIf(() -> changes.stream().allMatch(this::stands))
            .then(() -> changes.forEach(this::show)));
  }

  @Override
  public SecretBytes archive(KeyRecord key) {
    return KeyArchiveCodec.encode(key);
  }

  @Override
  public KeyRecord fromArchive(SecretBytes archive) {
    return KeyArchiveCodec.decode(archive, providers);
  }

  private static void putKey(Commit commit, KeyRecord key) {
    commit.put(KEY, key.name().folded(), StoredKey.of(key));
  }

  private static void deleteKey(Commit commit, KeyChange change) {
    change.before().ifPresent(before -> commit.delete(KEY, before.name().folded()));
  }

  /** Writes the versions that are not as they were; what stays in {@code gone} is no more. */
  @SuppressWarnings("ReferenceEquality") // an unchanged version is the same object
  private static void putVersions(
      Commit commit, KeyRecord key, Map<KeyVersion, KeyVersionRecord> gone) {
    for (KeyVersionRecord version : key.versions()) {
      KeyVersionRecord before = gone.remove(version.version());
      if (before != version) {
        try (StoredVersion stored = StoredVersion.of(version)) {
          commit.put(VERSION, rowName(key.name(), version.version()), stored);
        }
      }
    }
  }

  private static String rowName(KeyName name, KeyVersion version) {
    return name.folded() + "/" + version.value();
  }

  @SuppressWarnings("ReferenceEquality") // the contract of KeyChange
  private boolean stands(KeyChange change) {
    KeyName name = change.before().or(change::after).orElseThrow().name();
    return byName.get(name) == change.before().orElse(null);
  }

  private void show(KeyChange change) {
    if (change.after().isPresent()) {
      KeyRecord after = change.after().get();
      change.before().filter(before -> moves(before, after)).ifPresent(this::takeOut);
      add(after);
    } else {
      change.before().ifPresent(this::takeOut);
      change.before().ifPresent(before -> byName.remove(before.name()));
    }
  }

  /** Whether a change takes a key from one list to the other or to another place. */
  private static boolean moves(KeyRecord before, KeyRecord after) {
    return before.deleted() != after.deleted() || before.sequence() != after.sequence();
  }

  private void takeOut(KeyRecord key) {
    inOrder(key).remove(key.sequence());
  }

  private void add(KeyRecord key) {
    byName.put(key.name(), key);
    inOrder(key).put(key.sequence(), key);
  }

  private Map<Long, KeyRecord> inOrder(KeyRecord key) {
    return key.deleted() ? deleted : live;
  }

  private void load(Map<String, StoredKey> keys, Map<String, StoredVersion> versions) {
    for (StoredKey key : keys.values()) {
      List<KeyVersionRecord> own = new ArrayList<>();
      for (KeyVersion id : key.versions()) {
        StoredVersion version = versions.remove(rowName(key.name(), id));
        if (version == null) {
          throw new StoreDamagedException("The store is damaged: a key lacks a version", null);
        }
        own.add(version.asRecord(providers));
      }
      add(key.with(own));
    }
    if (!versions.isEmpty()) {
      throw new StoreDamagedException("The store is damaged: a key version lacks its key", null);
    }
  }
}
