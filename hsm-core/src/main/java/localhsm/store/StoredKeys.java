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

/**
 * The keys of a sealed store. A key's own row is written by every change of the key, so that the
 * store sees two changes of one key in order.
 */
public final class StoredKeys implements KeyLedger {
  private static final RecordKind<StoredKey> KEY = RecordKind.backedUp("key", new KeyCodec());
  private static final RecordKind<StoredVersion> VERSION =
      RecordKind.backedUp("key-version", new KeyVersionCodec());

  private final SealedStore store;
  private final Providers providers;
  private final Map<KeyName, Entry> byName = new ConcurrentHashMap<>();
  private final ConcurrentSkipListMap<Long, Entry> bySequence = new ConcurrentSkipListMap<>();

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
  public Optional<KeyRecord> find(KeyName name) {
    return Optional.ofNullable(byName.get(name)).map(Entry::record);
  }

  @Override
  public List<KeyRecord> page(long after, int limit) {
    return bySequence.tailMap(after, false).values().stream()
        .limit(limit)
        .map(Entry::record)
        .toList();
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

  private static void putKey(Commit commit, KeyRecord key) {
    List<KeyVersion> versions = key.versions().stream().map(KeyVersionRecord::version).toList();
    commit.put(KEY, key.name().folded(), new StoredKey(key.name(), key.sequence(), versions));
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

  private boolean stands(KeyChange change) {
    if (change.before().isEmpty()) {
      return change.after().map(after -> !byName.containsKey(after.name())).orElse(false);
    }
    KeyRecord before = change.before().get();
    Entry now = byName.get(before.name());
    return now != null && now.holds(before);
  }

  private void show(KeyChange change) {
    change.before().ifPresent(before -> bySequence.remove(before.sequence()));
    if (change.after().isPresent()) {
      add(new Entry(change.after().get()));
    } else {
      change.before().ifPresent(before -> byName.remove(before.name()));
    }
  }

  private void add(Entry entry) {
    byName.put(entry.name, entry);
    bySequence.put(entry.sequence, entry);
  }

  private void load(Map<String, StoredKey> keys, Map<String, StoredVersion> versions) {
    for (StoredKey key : keys.values()) {
      List<StoredVersion> own = new ArrayList<>();
      for (KeyVersion id : key.versions()) {
        StoredVersion version = versions.remove(rowName(key.name(), id));
        if (version == null) {
          throw new StoreDamagedException("The store is damaged: a key lacks a version", null);
        }
        own.add(version);
      }
      add(new Entry(key, own));
    }
    if (!versions.isEmpty()) {
      throw new StoreDamagedException("The store is damaged: a key version lacks its key", null);
    }
  }

  /** A key, decoded at its first use. */
  private final class Entry {
    private final KeyName name;
    private final long sequence;
    private List<StoredVersion> encoded;
    private volatile Optional<KeyRecord> decoded;

    Entry(KeyRecord key) {
      this.name = key.name();
      this.sequence = key.sequence();
      this.encoded = List.of();
      this.decoded = Optional.of(key);
    }

    Entry(StoredKey key, List<StoredVersion> versions) {
      this.name = key.name();
      this.sequence = key.sequence();
      this.encoded = versions;
      this.decoded = Optional.empty();
    }

    @SuppressWarnings("ReferenceEquality") // the contract of KeyChange
    boolean holds(KeyRecord key) {
      return decoded.filter(known -> known == key).isPresent();
    }

    KeyRecord record() {
      Optional<KeyRecord> known = decoded;
      return known.isPresent() ? known.get() : decode();
    }

    private synchronized KeyRecord decode() {
      if (decoded.isEmpty()) {
        List<KeyVersionRecord> versions =
            encoded.stream().map(version -> version.decoded(providers)).toList();
        decoded = Optional.of(new KeyRecord(name, sequence, versions));
        encoded.forEach(StoredVersion::close);
        encoded = List.of();
      }
      return decoded.get();
    }
  }
}
