package localhsm.server.random;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import localhsm.rbac.DataAction;
import localhsm.server.http.Verb;
import localhsm.server.pipeline.Access;
import localhsm.server.pipeline.ApiVersion;
import localhsm.server.pipeline.Route;
import localhsm.server.pipeline.ScopeRule;

/** The one route of random bytes. */
public final class RandomRoutes {
  private RandomRoutes() {}

  /** All of them. */
  public static List<Route> of(SecureRandom random) {
    return List.of(
        new Route(
            Verb.POST,
            "/rng",
            Access.to(DataAction.RNG),
            ScopeRule.ROOT,
            "RandomBytesGet",
            Optional.of(ApiVersion.V7_3),
            new RandomBytesHandler(random)));
  }
}
