package localhsm.server.pipeline;

import java.util.Optional;
import localhsm.rbac.Principal;
import localhsm.server.http.Request;
import localhsm.server.names.Site;

/**
 * A request and what the controls have found out about it so far. Immutable: every control gives
 * the next one.
 */
public record Exchange(
    Request request, Site site, Optional<Principal> principal, Optional<Match> match) {

  /** The beginning: nothing is known yet. */
  public static Exchange of(Request request, Site site) {
    return new Exchange(request, site, Optional.empty(), Optional.empty());
  }

  /** After authentication. */
  public Exchange with(Principal caller) {
    return new Exchange(request, site, Optional.of(caller), match);
  }

  /** After routing. */
  public Exchange with(Match found) {
    return new Exchange(request, site, principal, Optional.of(found));
  }

  /** The match of a routed exchange. */
  public Match routed() {
    return match.orElseThrow();
  }
}
