package localhsm.keys;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import localhsm.id.KeyName;

/** A ledger without a disk. */
public final class InMemoryKeyLedger implements KeyLedger {
  private final Map<KeyName, KeyRecord> keys = new ConcurrentHashMap<>();
  private final AtomicLong sequence = new AtomicLong();

  @Override
  public Optional<KeyRecord> lookUp(KeyName name) {
    return Optional.ofNullable(keys.get(name));
  }

  @Override
  public List<KeyRecord> page(long after, int limit) {
    return page(after, limit, key -> !key.deleted());
  }

  @Override
  public List<KeyRecord> pageDeleted(long after, int limit) {
    return page(after, limit, KeyRecord::deleted);
  }

  private List<KeyRecord> page(long after, int limit, Predicate<KeyRecord> which) {
    return keys.values().stream()
        .filter(which)
        .filter(key -> key.sequence() > after)
        .sorted(Comparator.comparingLong(KeyRecord::sequence))
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized void clear() {
    keys.clear();
  }

  @Override
  public long nextSequence() {
    return sequence.incrementAndGet();
  }

  @Override
  public synchronized boolean commit(KeyChange change) {
    KeyName name = change.after().or(change::before).orElseThrow().name();
    if (keys.get(name) != change.before().orElse(null)) {
      return false;
    }
    change.after().ifPresentOrElse(after -> keys.put(name, after), () -> keys.remove(name));
    return true;
  }
}
