package localhsm.secret;

import org.jspecify.annotations.Nullable;

/**
 * The platform key is missing, malformed or not the one that wrapped the security domain. Nothing
 * was changed on disk.
 */
public final class CannotUnsealException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Says what is wrong with the key.
   *
   * @param message names the file, never its content
   */
  public CannotUnsealException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
