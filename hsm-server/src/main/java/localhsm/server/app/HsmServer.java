package localhsm.server.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import localhsm.server.certificates.ServerCertificate;
import localhsm.server.config.ServerConfig;
import localhsm.server.http.ActivityIds;
import localhsm.server.names.NameFamily;
import localhsm.server.names.ServedNames;
import localhsm.server.net.HttpsServer;
import localhsm.server.net.Limits;
import localhsm.server.net.ServerSettings;
import localhsm.server.pipeline.RequestPipeline;

/** A running HSM: all parts, put together from the bottom up. */
public final class HsmServer implements AutoCloseable {
  private static final String BUILD =
      Optional.ofNullable(HsmServer.class.getPackage().getImplementationVersion()).orElse("0")
          + "-localhsm";

  private final Core core;
  private final Storage storage;
  private final IdentityPlane identity;
  private final HttpsServer server;
  private final ReadyState ready;
  private final AtomicBoolean signing;

  private HsmServer(ServerConfig config, Core core, Storage storage) {
    ServedNames names =
        new ServedNames(config.hsm().name(), NameFamily.ALL, Set.copyOf(config.tls().names()));
    ServerCertificate certificate = Tls.certificate(config, names, core);
    this.core = core;
    this.storage = storage;
    this.identity = IdentityPlane.of(config, names, core, storage.kept());
    this.signing = new AtomicBoolean();
    RequestPipeline pipeline =
        new RequestPipeline(
            PlaneFactory.planes(names, core, storage, identity, signing::get),
            List.of(),
            config.hsm().region(),
            BUILD);
    Optional<Path> exposedKey = ReadyStates.exposedKey(config, identity);
    core.requireSignature();
    this.server =
        Tls.listen(
            new ServerSettings(
                Tls.present(config.listen().addresses()),
                config.listen().port(),
                Tls.settings(config, certificate),
                Limits.DEFAULTS,
                pipeline,
                new ActivityIds(core.clock(), core.random().nextLong())));
    this.ready = ReadyStates.of(config, server.port(), certificate, identity, exposedKey);
  }

  /**
   * Starts a server; when this returns, it has made a signature and takes requests.
   *
   * @throws StartRefused for everything the user can mend
   */
  public static HsmServer start(ServerConfig config) {
    return start(config, CacheFolder.natives());
  }

  /** The same, with the database's native library unpacked into a folder of the caller's choice. */
  static HsmServer start(ServerConfig config, Path natives) {
    Core core = Core.start();
    Storage storage = Storage.open(config.data(), core.providers(), natives);
    boolean started = false;
    try {
      HsmServer server = new HsmServer(config, core, storage);
      server.signing.set(true);
      server.identity.prepare();
      started = true;
      return server;
    } finally {
      if (!started) {
        core.pools().close();
        storage.close();
      }
    }
  }

  /** What clients need to know. */
  public ReadyState ready() {
    return ready;
  }

  /** Stops gracefully: answers what has begun, then frees everything. */
  @Override
  public void close() {
    signing.set(false);
    server.close();
    core.pools().close();
    storage.close();
    identity.secrets().close();
  }
}
