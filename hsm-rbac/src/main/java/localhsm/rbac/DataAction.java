package localhsm.rbac;

/** The operations of the data plane that a role can allow. */
public enum DataAction {
  KEYS_READ("keys/read/action"),
  KEYS_WRITE("keys/write/action"),
  KEYS_CREATE("keys/create"),
  KEYS_DELETE("keys/delete"),
  KEYS_ENCRYPT("keys/encrypt/action"),
  KEYS_DECRYPT("keys/decrypt/action"),
  KEYS_WRAP("keys/wrap/action"),
  KEYS_UNWRAP("keys/unwrap/action"),
  KEYS_SIGN("keys/sign/action"),
  KEYS_VERIFY("keys/verify/action");

  /** What every data action of a Managed HSM begins with. */
  public static final String PREFIX = "Microsoft.KeyVault/managedHsm/";

  private final String suffix;

  DataAction(String suffix) {
    this.suffix = suffix;
  }

  /** The whole action, such as {@code Microsoft.KeyVault/managedHsm/keys/sign/action}. */
  public String wireName() {
    return PREFIX + suffix;
  }
}
