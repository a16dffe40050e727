package localhsm.server.auth;

/** A token is not accepted; the reason says why, for the log, and repeats nothing of it. */
final class TokenRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String reason;

  TokenRefusedException(String reason) {
    super(reason, null, false, false);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
