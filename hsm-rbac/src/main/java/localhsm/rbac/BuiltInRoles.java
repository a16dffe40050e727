package localhsm.rbac;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import localhsm.id.RoleDefinitionId;

/**
 * The roles that come with the service, as recorded from it (March 2022) and documented (November
 * 2025). They can neither be changed nor deleted.
 */
public final class BuiltInRoles {
  /** Full backups and backups of single keys. */
  public static final RoleDefinition BACKUP_USER =
      role(
          "7b127d3c-77bd-4e3e-bbe0-dbb8971fa7f8",
          "Managed HSM Backup User",
          "backup/start/action",
          "backup/status/action",
          "keys/backup/action");

  /** What a service needs that encrypts its data with a customer's key. */
  public static final RoleDefinition CRYPTO_SERVICE_ENCRYPTION_USER =
      role(
          "33413926-3206-4cdd-b39a-83574fe37a17",
          "Managed HSM Crypto Service Encryption User",
          "keys/read/action",
          "keys/wrap/action",
          "keys/unwrap/action");

  /** Release of keys to trusted environments. */
  public static final RoleDefinition CRYPTO_SERVICE_RELEASE_USER =
      role(
          "21dbd100-6940-42c2-9190-5d6cb909625c",
          "Managed HSM Crypto Service Release User",
          "keys/release/action");

  /** Reads keys and roles. */
  public static final RoleDefinition CRYPTO_AUDITOR =
      role(
          "2c18b078-7c48-4d3a-af88-5a3a1b3f82b3",
          "Managed HSM Crypto Auditor",
          "roleAssignments/read/action",
          "roleDefinitions/read/action",
          "keys/read/action",
          "keys/deletedKeys/read/action");

  /** Manages roles and nothing else. */
  public static final RoleDefinition POLICY_ADMINISTRATOR =
      role(
          "4bd23610-cdcf-4971-bdee-bdc562cc28e4",
          "Managed HSM Policy Administrator",
          "roleDefinitions/read/action",
          "roleDefinitions/write/action",
          "roleDefinitions/delete/action",
          "roleAssignments/read/action",
          "roleAssignments/write/action",
          "roleAssignments/delete/action");

  /** The resource manager's own role; it has no data action. */
  public static final RoleDefinition ARM_USER =
      new RoleDefinition(
          id("770fd66c-6266-4643-9d4e-b616870898d5"),
          "Managed HSM ARM User",
          "",
          RoleDefinition.Type.BUILT_IN,
          List.of(
              new Permission(
                  prefixed("keys/createIfNotExists", "keys/read/action"),
                  List.of(),
                  List.of(),
                  List.of())));

  /** Makes and uses keys, but neither purges nor recovers them. */
  public static final RoleDefinition CRYPTO_USER =
      role(
          "21dbd100-6940-42c2-9190-5d6cb909625b",
          "Managed HSM Crypto User",
          "roleDefinitions/read/action",
          "roleAssignments/read/action",
          "keys/read/action",
          "keys/write/action",
          "keys/delete",
          "keys/create",
          "keys/rotate/action",
          "keys/import/action",
          "keys/release/action",
          "keys/backup/action",
          "keys/restore/action",
          "keys/encrypt/action",
          "keys/decrypt/action",
          "keys/wrap/action",
          "keys/unwrap/action",
          "keys/sign/action",
          "keys/verify/action",
          "keys/derive/action",
          "rng/action");

  /** Manages roles, purges and recovers deleted keys, exports; does not use keys. */
  public static final RoleDefinition CRYPTO_OFFICER =
      role(
          "515eb02d-2335-4d2d-92f2-b1cbdf9c3778",
          "Managed HSM Crypto Officer",
          "roleAssignments/delete/action",
          "roleAssignments/read/action",
          "roleAssignments/write/action",
          "roleDefinitions/read/action",
          "roleDefinitions/write/action",
          "roleDefinitions/delete/action",
          "keys/deletedKeys/read/action",
          "keys/deletedKeys/delete",
          "keys/deletedKeys/recover/action",
          "keys/export/action");

  /** Manages the HSM: roles, security domain, backup and restore; cannot touch keys. */
  public static final RoleDefinition ADMINISTRATOR =
      role(
          "a290e904-7015-4bba-90c8-60543313cdb4",
          "Managed HSM Administrator",
          "roleAssignments/delete/action",
          "roleAssignments/read/action",
          "roleAssignments/write/action",
          "roleDefinitions/read/action",
          "roleDefinitions/write/action",
          "roleDefinitions/delete/action",
          "securitydomain/download/action",
          "securitydomain/download/read",
          "securitydomain/upload/action",
          "securitydomain/upload/read",
          "securitydomain/transferkey/read",
          "backup/start/action",
          "restore/start/action",
          "backup/status/action",
          "restore/status/action");

  /** Full restores and restores of single keys. */
  public static final RoleDefinition RESTORE =
      role(
          "6efe6056-5259-49d2-8b3d-d3d73544b20b",
          "Managed HSM Restore",
          "restore/start/action",
          "restore/status/action",
          "keys/restore/action");

  /** All of them, in the order in which the service lists them. */
  public static final List<RoleDefinition> ALL =
      List.of(
          BACKUP_USER,
          CRYPTO_SERVICE_ENCRYPTION_USER,
          CRYPTO_SERVICE_RELEASE_USER,
          CRYPTO_AUDITOR,
          POLICY_ADMINISTRATOR,
          ARM_USER,
          CRYPTO_USER,
          CRYPTO_OFFICER,
          ADMINISTRATOR,
          RESTORE);

  private BuiltInRoles() {}

  private static RoleDefinition role(String guid, String roleName, String... dataActions) {
    return new RoleDefinition(
        id(guid),
        roleName,
        "",
        RoleDefinition.Type.BUILT_IN,
        List.of(Permission.toData(prefixed(dataActions))));
  }

  private static RoleDefinitionId id(String guid) {
    return new RoleDefinitionId(UUID.fromString(guid));
  }

  private static List<String> prefixed(String... actions) {
    return Stream.of(actions).map(action -> DataAction.PREFIX + action).toList();
  }
}
