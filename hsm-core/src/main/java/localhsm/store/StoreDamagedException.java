package localhsm.store;

import org.jspecify.annotations.Nullable;

/** What lies in the data folder is not what was written there. Nothing was changed on disk. */
public final class StoreDamagedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Names what is damaged.
   *
   * @param message the kind and position of what does not open
   */
  public StoreDamagedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
