package localhsm.store;

/** One row of a batch. */
public sealed interface RowChange {

  /** The row concerned. */
  RowKey key();

  /** Writes the row, whether or not it was there. */
  record Put(SealedRow row) implements RowChange {
    @Override
    public RowKey key() {
      return row.key();
    }
  }

  /** Removes the row. */
  record Delete(RowKey key) implements RowChange {}
}
