package localhsm.rbac;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import localhsm.id.PrincipalId;
import localhsm.id.RoleDefinitionId;
import localhsm.id.Scope;
import localhsm.problem.Problems;

/**
 * Decides who may do what: the union over all assignments of a principal and its groups; whatever
 * no assignment allows is denied. Decisions read one snapshot that {@link #replace} swaps whole, so
 * that none ever sees half a change.
 */
public final class AccessDecider {
  private volatile Map<PrincipalId, Grants> grants = Map.of();

  /**
   * Puts new rules in force at once.
   *
   * @param customRoles the definitions beyond the built-in ones, which are always known
   * @param assignments all assignments; those of unknown roles have no effect
   */
  public void replace(
      Collection<RoleDefinition> customRoles, Collection<RoleAssignment> assignments) {
    Map<RoleDefinitionId, Set<DataAction>> allowed = new HashMap<>();
    Stream.concat(BuiltInRoles.ALL.stream(), customRoles.stream())
        .forEach(role -> allowed.putIfAbsent(role.id(), role.allowed()));
    Map<PrincipalId, Grants> next = new HashMap<>();
    for (RoleAssignment assignment : assignments) {
      next.computeIfAbsent(assignment.principalId(), id -> new Grants())
          .add(assignment.scope(), allowed.getOrDefault(assignment.roleDefinitionId(), Set.of()));
    }
    grants = Map.copyOf(next);
  }

  /** Whether the principal, by itself or through a group, may do this at the scope. */
  public boolean allows(Principal principal, DataAction action, Scope scope) {
    Map<PrincipalId, Grants> current = grants;
    if (current.getOrDefault(principal.id(), Grants.NONE).allow(action, scope)) {
      return true;
    }
    for (PrincipalId group : principal.groups()) {
      if (current.getOrDefault(group, Grants.NONE).allow(action, scope)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Demands that the principal may do this.
   *
   * @throws localhsm.problem.ProblemException when it may not
   */
  public void require(Principal principal, DataAction action, Scope scope) {
    if (!allows(principal, action, scope)) {
      throw Problems.accessDenied(action.wireName(), scope.toString());
    }
  }
}
