package localhsm.store;

import java.util.List;
import java.util.function.Consumer;

/** The seam to the disk: bytes and ids only. */
public interface RecordStore extends AutoCloseable {

  /**
   * Hands over every row once.
   *
   * @throws StoreDamagedException when the medium cannot be read as what it should be
   */
  void load(Consumer<SealedRow> into);

  /**
   * All changes or none; durable when it returns.
   *
   * @throws StoreWriteException when nothing was written
   */
  void commit(List<RowChange> changes);

  /** Rows that other processes committed after the given counter. */
  List<SealedRow> changesSince(long counter);

  @Override
  void close();
}
