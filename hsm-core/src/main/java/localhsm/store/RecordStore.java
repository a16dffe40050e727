package localhsm.store;

import java.util.List;
import java.util.function.Consumer;

/** The seam to the disk: bytes and ids only. Used by one thread at a time. */
public interface RecordStore extends AutoCloseable {

  /** Rows that live as long as the process; nothing is opened. */
  static RecordStore inMemory() {
    return new InMemoryRecordStore();
  }

  /**
   * Hands over every row once, in the order of their keys.
   *
   * @throws StoreDamagedException when the medium cannot be read as what it should be
   */
  void load(Consumer<SealedRow> into);

  /**
   * All changes or none; durable when it returns. An implementation that cannot tell whether a
   * failed batch was applied finds out before it throws, or throws on every later call too.
   *
   * @throws StoreWriteException when nothing was written
   */
  void commit(List<RowChange> changes);

  /** Rows that other processes committed after the given counter. */
  List<SealedRow> changesSince(long counter);

  @Override
  void close();
}
