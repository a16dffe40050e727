package localhsm.server.authority;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import localhsm.id.PrincipalId;
import localhsm.id.RoleDefinitionId;
import localhsm.id.Scope;
import localhsm.id.TenantId;
import localhsm.rbac.BuiltInRoles;
import localhsm.rbac.RoleAssignment;
import localhsm.rbac.RoleDefinition;

/** The identities of a development HSM. Their ids never change. */
public final class SeededIdentities {
  /** The tenant unless another one is configured. */
  public static final TenantId TENANT =
      new TenantId(UUID.fromString("53bd01c3-c5be-4250-8f5d-a35f209f8975"));

  /** The subscription that everything of the development HSM lies in. */
  public static final UUID SUBSCRIPTION = UUID.fromString("07d92153-c674-4b91-9a9c-1603a117bb97");

  /** Everything works at once; the managed identity that is used when none is named. */
  public static final Identity ADMIN =
      identity(
          "admin",
          "a82aca06-ec08-42d8-8e10-3492ca3b281d",
          "a27f6cbc-a8c2-4ee0-82ff-bdb12e260424",
          BuiltInRoles.ADMINISTRATOR,
          BuiltInRoles.CRYPTO_OFFICER,
          BuiltInRoles.CRYPTO_USER);

  /** All of them, {@link #ADMIN} first. */
  public static final List<Identity> ALL =
      List.of(
          ADMIN,
          identity(
              "officer",
              "83e0bd38-3aba-4bf1-873f-dcc1f9bbd769",
              "8252a6bd-86d6-4736-bf64-9019955a9380",
              BuiltInRoles.CRYPTO_OFFICER),
          identity(
              "user",
              "78ec8864-79e4-4eba-9914-df01ff7ced5f",
              "0a170a31-6032-45bb-9ef1-25a9ed3aa24e",
              BuiltInRoles.CRYPTO_USER),
          identity(
              "auditor",
              "0efda492-f637-4a46-8297-ad0b438daf92",
              "bb13b070-4f73-4526-8f49-f59a8684fcaf",
              BuiltInRoles.CRYPTO_AUDITOR),
          identity(
              "backup",
              "805bb656-5ca4-4a90-821b-d7f56edd8a6d",
              "f7b139cd-d879-4dda-b395-c5db5e301f98",
              BuiltInRoles.BACKUP_USER),
          identity(
              "nobody",
              "c5b5985d-3465-4036-9d3d-b55b7b0ca350",
              "b8ede97d-28c7-4a48-9524-584cf15f6b31"));

  private SeededIdentities() {}

  /** What the identities start with; the ids are the same at every start. */
  public static List<RoleAssignment> assignments() {
    return ALL.stream()
        .flatMap(identity -> identity.roles().stream().map(role -> assignment(identity, role)))
        .toList();
  }

  private static RoleAssignment assignment(Identity identity, RoleDefinitionId role) {
    String seed = identity.objectId() + "/" + role;
    UUID id = UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.US_ASCII));
    return new RoleAssignment(id, Scope.ROOT, role, identity.objectId());
  }

  private static Identity identity(
      String name, String clientId, String objectId, RoleDefinition... roles) {
    return new Identity(
        name,
        UUID.fromString(clientId),
        new PrincipalId(UUID.fromString(objectId)),
        Stream.of(roles).map(RoleDefinition::id).toList());
  }
}
