package localhsm.server.app;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import localhsm.secret.SecretBytes;
import localhsm.server.config.ServerConfig;

/** A running HSM. This one only describes itself: it opens no port yet. */
public final class HsmServer implements AutoCloseable {
  private final ReadyState ready;

  private HsmServer(ReadyState ready) {
    this.ready = ready;
  }

  /**
   * Starts a server; it is ready when this returns.
   *
   * @throws StartRefused for everything the user can mend
   */
  public static HsmServer start(ServerConfig config) {
    Path tls = config.data().folder().orElse(config.tls().folder());
    String port = ":" + config.listen().port();
    String name = config.hsm().name();
    return new HsmServer(
        new ReadyState(
            "https://" + name + ".managedhsm.localhost" + port,
            "https://login.localhost" + port,
            "https://management.localhost" + port,
            config.hsm().tenant(),
            config.hsm().resourceId(),
            "https://managedhsm.localhost" + port,
            ProcessHandle.current().pid(),
            config.data().folder(),
            Optional.empty(),
            Optional.empty(),
            tls.resolve("ca.pem"),
            tls.resolve("truststore.p12"),
            "changeit",
            tls.resolve("bundle.pem"),
            "https://localhost" + port + "/msi/token",
            SecretBytes.owning("unused".getBytes(StandardCharsets.US_ASCII)),
            Optional.empty(),
            Map.of(),
            List.of()));
  }

  /** What clients need to know. */
  public ReadyState ready() {
    return ready;
  }

  /** Stops gracefully: answers what has begun, then frees everything. */
  @Override
  public void close() {}
}
