package localhsm.server.app;

/** The server cannot start, for a reason the user can mend. */
public final class StartRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  private StartRefused(int exitCode, String message) {
    super(message, null, false, false);
    this.exitCode = exitCode;
  }

  /** Something configured cannot be used. */
  public static StartRefused configuration(String message) {
    return new StartRefused(2, message);
  }

  /** Another process listens there. */
  public static StartRefused portInUse(String message) {
    return new StartRefused(4, message);
  }

  /** The data folder is used by another process, or what is in it does not open. */
  public static StartRefused dataFolder(String message) {
    return new StartRefused(5, message);
  }

  /** The platform key is missing or the wrong one. */
  public static StartRefused cannotUnseal(String message) {
    return new StartRefused(6, message);
  }

  /** What the process ends with. */
  public int exitCode() {
    return exitCode;
  }

  /** One line: what is wrong and how to mend it. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
