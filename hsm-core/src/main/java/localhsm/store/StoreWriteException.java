package localhsm.store;

/** A batch that was not written: no disk space, an input/output error, a read-only folder. */
public final class StoreWriteException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Wraps what the medium said. */
  public StoreWriteException(String message, Throwable cause) {
    super(message, cause);
  }
}
