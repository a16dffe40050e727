package localhsm.rbac;

/** The operations of the data plane that a role can allow. */
public enum DataAction {
  KEYS_READ("keys/read/action"),
  KEYS_WRITE("keys/write/action"),
  KEYS_CREATE("keys/create"),
  KEYS_IMPORT("keys/import/action"),
  KEYS_ROTATE("keys/rotate/action"),
  KEYS_DELETE("keys/delete"),
  KEYS_BACKUP("keys/backup/action"),
  KEYS_RESTORE("keys/restore/action"),
  KEYS_RELEASE("keys/release/action"),
  KEYS_EXPORT("keys/export/action"),
  KEYS_ENCRYPT("keys/encrypt/action"),
  KEYS_DECRYPT("keys/decrypt/action"),
  KEYS_WRAP("keys/wrap/action"),
  KEYS_UNWRAP("keys/unwrap/action"),
  KEYS_SIGN("keys/sign/action"),
  KEYS_VERIFY("keys/verify/action"),
  KEYS_DERIVE("keys/derive/action"),
  DELETED_KEYS_READ("keys/deletedKeys/read/action"),
  DELETED_KEYS_RECOVER("keys/deletedKeys/recover/action"),
  DELETED_KEYS_DELETE("keys/deletedKeys/delete"),
  RNG("rng/action"),
  ROLE_DEFINITIONS_READ("roleDefinitions/read/action"),
  ROLE_DEFINITIONS_WRITE("roleDefinitions/write/action"),
  ROLE_DEFINITIONS_DELETE("roleDefinitions/delete/action"),
  ROLE_ASSIGNMENTS_READ("roleAssignments/read/action"),
  ROLE_ASSIGNMENTS_WRITE("roleAssignments/write/action"),
  ROLE_ASSIGNMENTS_DELETE("roleAssignments/delete/action"),
  BACKUP_START("backup/start/action"),
  BACKUP_STATUS("backup/status/action"),
  RESTORE_START("restore/start/action"),
  RESTORE_STATUS("restore/status/action"),
  SECURITY_DOMAIN_DOWNLOAD("securitydomain/download/action"),
  SECURITY_DOMAIN_DOWNLOAD_STATUS("securitydomain/download/read"),
  SECURITY_DOMAIN_UPLOAD("securitydomain/upload/action"),
  SECURITY_DOMAIN_UPLOAD_STATUS("securitydomain/upload/read"),
  SECURITY_DOMAIN_TRANSFER_KEY("securitydomain/transferkey/read");

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
