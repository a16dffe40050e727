package localhsm.server.app;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import localhsm.backup.KeyBlobs;
import localhsm.keys.KeyUse;
import localhsm.keys.Keys;
import localhsm.keys.lifecycle.DeletedKeys;
import localhsm.keys.lifecycle.KeyBackups;
import localhsm.keys.lifecycle.Rotations;
import localhsm.keys.lifecycle.SoftDelete;
import localhsm.secret.Sealing;
import localhsm.server.keys.KeyRoutes;
import localhsm.server.keys.KeyServices;
import localhsm.server.lab.LabRoutes;
import localhsm.server.lab.LoopbackOnly;
import localhsm.server.names.ServedNames;
import localhsm.server.pipeline.Planes;
import localhsm.server.pipeline.Planes.Plane;
import localhsm.server.pipeline.Router;
import localhsm.server.random.RandomRoutes;
import localhsm.server.roles.LocalRbac;
import localhsm.store.StoredKeys;

/** Puts routes behind controls: each plane's list, in the order in which requests pass it. */
final class PlaneFactory {
  private PlaneFactory() {}

  static Planes planes(
      ServedNames names,
      Core core,
      Storage storage,
      IdentityPlane identity,
      BooleanSupplier ready) {
    KeyServices services = services(core, storage, SoftDelete.DEFAULT);
    Router data =
        new Router(
            Stream.of(KeyRoutes.of(services), RandomRoutes.of(core.random()))
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

  private static KeyServices services(Core core, Storage storage, SoftDelete softDelete) {
    StoredKeys stored = storage.keys();
    KeyBlobs blobs =
        new KeyBlobs(
            storage.store()::securityDomain,
            new Sealing(core.providers().sealing(), core.random()));
    return new KeyServices(
        new Keys(stored, core.providers(), core.pools(), core.clock()),
        new KeyUse(stored, core.providers(), core.pools(), core.clock()),
        new DeletedKeys(stored, softDelete, core.pools(), core.clock()),
        new Rotations(stored, core.providers(), core.pools(), core.clock()),
        new KeyBackups(stored, stored, blobs, core.pools()),
        softDelete);
  }
}
