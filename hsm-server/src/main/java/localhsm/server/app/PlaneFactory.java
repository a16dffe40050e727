package localhsm.server.app;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import localhsm.keys.KeyLedger;
import localhsm.keys.KeyUse;
import localhsm.keys.Keys;
import localhsm.server.keys.KeyRoutes;
import localhsm.server.lab.LabRoutes;
import localhsm.server.lab.LoopbackOnly;
import localhsm.server.names.ServedNames;
import localhsm.server.pipeline.Planes;
import localhsm.server.pipeline.Planes.Plane;
import localhsm.server.pipeline.Router;
import localhsm.server.random.RandomRoutes;
import localhsm.server.roles.LocalRbac;

/** Puts routes behind controls: each plane's list, in the order in which requests pass it. */
final class PlaneFactory {
  private PlaneFactory() {}

  static Planes planes(
      ServedNames names,
      Core core,
      KeyLedger ledger,
      IdentityPlane identity,
      BooleanSupplier ready) {
    Keys keys = new Keys(ledger, core.providers(), core.pools(), core.clock());
    KeyUse use = new KeyUse(ledger, core.providers(), core.pools(), core.clock());
    Router data =
        new Router(
            Stream.of(KeyRoutes.of(keys, use), RandomRoutes.of(core.random()))
                .flatMap(List::stream)
                .toList());
    Router authority = new Router(identity.authorityRoutes());
    Router management = new Router(List.of());
    Router lab = new Router(LabRoutes.of(ready));
    return new Planes(
        names,
        new Plane(data, List.of(identity.authenticator(), data, new LocalRbac(identity.decider()))),
        new Plane(authority, List.of(authority)),
        new Plane(management, List.of(management)),
        new Plane(lab, List.of(new LoopbackOnly(), lab)));
  }
}
