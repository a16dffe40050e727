package localhsm.rbac;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import localhsm.id.RoleDefinitionId;

/**
 * A role: a name for a set of data actions. Every definition can be assigned at every scope.
 *
 * @param type whether it came with the service or was made by a user
 */
public record RoleDefinition(
    RoleDefinitionId id,
    String roleName,
    String description,
    Type type,
    List<Permission> permissions) {

  /** Where a definition comes from. */
  public enum Type {
    BUILT_IN("AKVBuiltInRole"),
    CUSTOM("CustomRole");

    private final String wireName;

    Type(String wireName) {
      this.wireName = wireName;
    }

    /** The value of {@code properties.type}. */
    public String wireName() {
      return wireName;
    }
  }

  /** Keeps its own copy of the permissions. */
  public RoleDefinition {
    permissions = List.copyOf(permissions);
  }

  /** The union of what its permissions allow. */
  Set<DataAction> allowed() {
    Set<DataAction> allowed = EnumSet.noneOf(DataAction.class);
    permissions.forEach(permission -> allowed.addAll(permission.allowed()));
    return allowed;
  }
}
