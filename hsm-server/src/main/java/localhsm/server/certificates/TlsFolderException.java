package localhsm.server.certificates;

import org.jspecify.annotations.Nullable;

/** The folder with the server's certificates cannot be used; the text says how to mend it. */
public final class TlsFolderException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TlsFolderException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
