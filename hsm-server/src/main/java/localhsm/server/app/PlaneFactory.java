package localhsm.server.app;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import localhsm.server.config.ServerConfig;
import localhsm.server.keys.KeyRoutes;
import localhsm.server.keys.KeyServices;
import localhsm.server.keys.ReleaseRoutes;
import localhsm.server.lab.AttestationRoutes;
import localhsm.server.lab.LabRoutes;
import localhsm.server.lab.LoopbackOnly;
import localhsm.server.lab.PressedOnPurpose;
import localhsm.server.names.ServedNames;
import localhsm.server.pipeline.Planes;
import localhsm.server.pipeline.Planes.Plane;
import localhsm.server.pipeline.Route;
import localhsm.server.pipeline.Router;
import localhsm.server.random.RandomRoutes;
import localhsm.server.roles.LocalRbac;

/** Puts routes behind controls: each plane's list, in the order in which requests pass it. */
final class PlaneFactory {
  private PlaneFactory() {}

  static Planes planes(ServedNames names, ServerConfig.Lab labConfig, Parts parts) {
    IdentityPlane identity = parts.identity();
    Router data = new Router(dataRoutes(parts));
    Router authority = new Router(identity.authorityRoutes());
    Router management = new Router(List.of());
    Router lab = new Router(labRoutes(labConfig, parts));
    return new Planes(
        names,
        new Plane(data, List.of(identity.authenticator(), data, new LocalRbac(identity.decider()))),
        new Plane(authority, List.of(authority)),
        new Plane(management, List.of(management)),
        new Plane(lab, List.of(new LoopbackOnly(), lab, new PressedOnPurpose())));
  }

  private static List<Route> dataRoutes(Parts parts) {
    KeyServices keys = parts.keys().services();
    return Stream.of(
            KeyRoutes.of(keys),
            ReleaseRoutes.of(keys, parts.release().services(keys.keys(), parts.core())),
            RandomRoutes.of(parts.core().random()))
        .flatMap(List::stream)
        .toList();
  }

  /** Health always, the rest where it is wanted. */
  private static List<Route> labRoutes(ServerConfig.Lab config, Parts parts) {
    List<Route> routes = new ArrayList<>(LabRoutes.health(parts.signing()::get));
    if (config.enabled()) {
      Core core = parts.core();
      LabAccess access = new LabAccess(parts.storage().keys(), core.pools(), parts.keys().upkeep());
      routes.addAll(LabRoutes.controls(core.labClock(), access));
      routes.addAll(
          AttestationRoutes.of(parts.release().mock(), core.random(), core.labClock().tokens()));
    }
    return routes;
  }
}
