package localhsm.server.authority;

import java.util.List;
import java.util.Set;
import localhsm.id.TenantId;
import localhsm.server.names.ServedNames;

/**
 * What the authority knows.
 *
 * @param audiences configured audiences of the HSM, beyond those that follow from its names
 * @param identities the first one is the managed identity that is used when none is named
 */
public record AuthoritySettings(
    TenantId tenant, ServedNames names, Set<String> audiences, List<Identity> identities) {

  /** Keeps its own copies. */
  public AuthoritySettings {
    audiences = Set.copyOf(audiences);
    identities = List.copyOf(identities);
  }
}
