package localhsm.server.lab;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import localhsm.server.http.Verb;
import localhsm.server.pipeline.Access;
import localhsm.server.pipeline.Handler;
import localhsm.server.pipeline.Route;
import localhsm.server.pipeline.ScopeRule;

/** The routes of the lab: health, so far. */
public final class LabRoutes {
  private LabRoutes() {}

  /**
   * All of them.
   *
   * @param ready whether the HSM can sign
   */
  public static List<Route> of(BooleanSupplier ready) {
    return List.of(
        get("/_localhsm/health/live", "HealthLive", new HealthHandler(() -> true)),
        get("/_localhsm/health/ready", "HealthReady", new HealthHandler(ready)));
  }

  private static Route get(String path, String name, Handler handler) {
    return new Route(
        Verb.GET, path, Access.ANONYMOUS, ScopeRule.ROOT, name, Optional.empty(), handler);
  }
}
