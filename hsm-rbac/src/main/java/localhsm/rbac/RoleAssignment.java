package localhsm.rbac;

import java.util.UUID;
import localhsm.id.PrincipalId;
import localhsm.id.RoleDefinitionId;
import localhsm.id.Scope;

/**
 * Gives a role to a principal or a group, at a scope and everything below it.
 *
 * @param id the GUID that names the assignment
 * @param roleDefinitionId need not exist: an assignment of a deleted role has no effect
 */
public record RoleAssignment(
    UUID id, Scope scope, RoleDefinitionId roleDefinitionId, PrincipalId principalId) {}
