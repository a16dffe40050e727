package localhsm.server.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

  private final Parts parts;
  private final HttpsServer server;
  private final ReadyState ready;

  private HsmServer(Parts parts, HttpsServer server, ReadyState ready) {
    this.parts = parts;
    this.server = server;
    this.ready = ready;
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
      HsmServer server = listen(config, core, storage);
      server.parts.start();
      started = true;
      return server;
    } finally {
      if (!started) {
        core.pools().close();
        storage.close();
      }
    }
  }

  private static HsmServer listen(ServerConfig config, Core core, Storage storage) {
    ServedNames names =
        new ServedNames(config.hsm().name(), NameFamily.ALL, Set.copyOf(config.tls().names()));
    ServerCertificate certificate = Tls.certificate(config, names, core);
    Parts parts = Parts.of(config, names, core, storage, certificate.signing());
    Optional<Path> exposedKey = ReadyStates.exposedKey(config, parts.identity());
    RequestPipeline pipeline =
        new RequestPipeline(
            PlaneFactory.planes(names, config.lab(), parts),
            List.of(),
            config.hsm().region(),
            BUILD);
    core.requireSignature();
    HttpsServer server =
        Tls.listen(
            new ServerSettings(
                Tls.present(config.listen().addresses()),
                config.listen().port(),
                Tls.settings(config, certificate),
                Limits.DEFAULTS,
                pipeline,
                new ActivityIds(core.clock(), core.random().nextLong())));
    return new HsmServer(
        parts,
        server,
        ReadyStates.of(config, server.port(), certificate, parts.identity(), exposedKey));
  }

  /** What clients need to know. */
  public ReadyState ready() {
    return ready;
  }

  /** Stops gracefully: answers what has begun, then frees everything. */
  @Override
  public void close() {
    parts.signing().set(false);
    server.close();
    parts.close();
  }
}
