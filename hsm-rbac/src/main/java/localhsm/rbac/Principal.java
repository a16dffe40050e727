package localhsm.rbac;

import java.util.Optional;
import java.util.Set;
import localhsm.id.PrincipalId;

/**
 * Who asks: users, service principals and managed identities alike.
 *
 * @param id the token's {@code oid}
 * @param groups object ids of the groups the principal is a member of
 * @param application the client application, {@code appid} or {@code azp}, for the log
 */
public record Principal(PrincipalId id, Set<PrincipalId> groups, Optional<String> application) {

  /** Keeps its own copy of the groups. */
  public Principal {
    groups = Set.copyOf(groups);
  }
}
