package localhsm.server.authority;

import java.util.List;
import java.util.UUID;
import localhsm.id.PrincipalId;
import localhsm.id.RoleDefinitionId;

/**
 * A service principal, which is a managed identity as well.
 *
 * @param roles built-in roles that it starts with, at {@code /}
 */
public record Identity(
    String name, UUID clientId, PrincipalId objectId, List<RoleDefinitionId> roles) {

  /** Keeps its own copy of the roles. */
  public Identity {
    roles = List.copyOf(roles);
  }

  /** Its id as a managed identity in the resource manager. */
  public String resourceId() {
    return "/subscriptions/"
        + SeededIdentities.SUBSCRIPTION
        + "/resourcegroups/localhsm/providers/Microsoft.ManagedIdentity/userAssignedIdentities/"
        + name;
  }
}
