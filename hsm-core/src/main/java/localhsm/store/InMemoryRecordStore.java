package localhsm.store;

import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Rows in memory, sealed like any others, for an HSM without a data folder. */
final class InMemoryRecordStore implements RecordStore {
  private final NavigableMap<RowKey, SealedRow> rows = new TreeMap<>();

  @Override
  public synchronized void load(Consumer<SealedRow> into) {
    rows.values().forEach(into);
  }

  @Override
  public synchronized void commit(List<RowChange> changes) {
    for (RowChange change : changes) {
      if (change instanceof RowChange.Put put) {
        rows.put(put.key(), put.row());
      } else {
        rows.remove(change.key());
      }
    }
  }

  @Override
  public List<SealedRow> changesSince(long counter) {
    return List.of();
  }

  /** Keeps the rows: a store that is opened on them again finds them. */
  @Override
  public void close() {}
}
