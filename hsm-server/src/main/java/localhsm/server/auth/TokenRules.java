package localhsm.server.auth;

import java.util.Set;
import localhsm.id.TenantId;
import localhsm.server.names.Site;

/**
 * Whose tokens, and made for whom.
 *
 * @param tenant the HSM's directory
 * @param audiences accepted besides the public cloud's and what the request's host announces
 */
public record TokenRules(TenantId tenant, Set<String> audiences) {
  private static final String PUBLIC_CLOUD = "https://managedhsm.azure.net";

  /** Keeps its own copy of the audiences. */
  public TokenRules {
    audiences = Set.copyOf(audiences);
  }

  /** The value of {@code WWW-Authenticate} for requests to the site. */
  String challenge(Site site) {
    return "Bearer authorization=\""
        + site.authority()
        + "/"
        + tenant
        + "\", resource=\""
        + site.resource()
        + "\"";
  }

  /** Compares exactly, but for one slash at the end. */
  boolean accepts(String audience, Site site) {
    return isAccepted(audience, site)
        || (audience.endsWith("/")
            && isAccepted(audience.substring(0, audience.length() - 1), site));
  }

  private boolean isAccepted(String audience, Site site) {
    return audience.equals(PUBLIC_CLOUD)
        || audience.equals(site.resource())
        || audiences.contains(audience);
  }
}
