package localhsm.server.app;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import localhsm.server.config.ServerConfig;
import localhsm.server.keys.KeyRoutes;
import localhsm.server.lab.LabClock;
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

  static Planes planes(
      ServedNames names, IdentityPlane identity, List<Route> dataRoutes, List<Route> labRoutes) {
    Router data = new Router(dataRoutes);
    Router authority = new Router(identity.authorityRoutes());
    Router management = new Router(List.of());
    Router lab = new Router(labRoutes);
    return new Planes(
        names,
        new Plane(data, List.of(identity.authenticator(), data, new LocalRbac(identity.decider()))),
        new Plane(authority, List.of(authority)),
        new Plane(management, List.of(management)),
        new Plane(lab, List.of(new LoopbackOnly(), lab, new PressedOnPurpose())));
  }

  /** Everything that the HSM itself serves. */
  static List<Route> dataRoutes(Core core, KeyServices services) {
    return Stream.of(KeyRoutes.of(services.keys(), services.use()), RandomRoutes.of(core.random()))
        .flatMap(List::stream)
        .toList();
  }

  /** Health always, the rest where it is wanted. */
  static List<Route> labRoutes(
      ServerConfig.Lab config, LabClock clock, KeyServices services, BooleanSupplier ready) {
    List<Route> routes = new ArrayList<>(LabRoutes.health(ready));
    if (config.enabled()) {
      routes.addAll(LabRoutes.controls(clock, services.labSubject()));
    }
    return routes;
  }
}
