package localhsm.server.lab;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import localhsm.server.http.Verb;
import localhsm.server.pipeline.Access;
import localhsm.server.pipeline.Handler;
import localhsm.server.pipeline.Route;
import localhsm.server.pipeline.ScopeRule;

/** The routes of the lab. Each of them stands in {@code openapi.json}. */
public final class LabRoutes {
  private LabRoutes() {}

  /**
   * What is there even where the lab is not.
   *
   * @param ready whether the HSM can sign
   */
  public static List<Route> health(BooleanSupplier ready) {
    return List.of(
        get("/_localhsm/health/live", "HealthLive", new HealthHandler(() -> true)),
        get("/_localhsm/health/ready", "HealthReady", new HealthHandler(ready)));
  }

  /** Clock, reset and the description of all. */
  public static List<Route> controls(LabClock clock, LabSubject subject) {
    return List.of(
        get("/_localhsm/openapi.json", "LabDescription", new OpenApiHandler()),
        get("/_localhsm/clock", "LabClockShow", new ShowClockHandler(clock)),
        route(
            Verb.PUT, "/_localhsm/clock", "LabClockChange", new ChangeClockHandler(clock, subject)),
        route(Verb.POST, "/_localhsm/reset", "LabReset", new ResetHandler(clock, subject)));
  }

  private static Route get(String path, String name, Handler handler) {
    return route(Verb.GET, path, name, handler);
  }

  private static Route route(Verb verb, String path, String name, Handler handler) {
    return new Route(verb, path, Access.ANONYMOUS, ScopeRule.ROOT, name, Optional.empty(), handler);
  }
}
