package localhsm.server.app;

import java.net.InetAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import localhsm.secret.SecretBytes;
import localhsm.server.config.ServerConfig;

/** A whole server in this process, on a free port, that writes nothing outside a folder. */
final class TestHsm implements AutoCloseable {
  /** A resource whose tokens are good at any port. */
  static final String PUBLIC_CLOUD = "https://managedhsm.azure.net";

  private final HsmServer server;

  private TestHsm(HsmServer server) {
    this.server = server;
  }

  /** Everything at its default, but for places and port. */
  static ServerConfig config(Path folder) {
    return ServerConfig.defaults(folder.resolve("home"))
        .withListen(new ServerConfig.Listen(0, List.of(InetAddress.getLoopbackAddress())));
  }

  /** The same with a data folder. */
  static ServerConfig kept(Path folder) {
    return config(folder)
        .withData(new ServerConfig.Data(Optional.of(folder.resolve("data")), Optional.empty()));
  }

  static TestHsm start(ServerConfig config, Path folder) {
    return new TestHsm(HsmServer.start(config, folder.resolve("natives")));
  }

  ReadyState ready() {
    return server.ready();
  }

  Wire connect() {
    return Wire.connect(ready().hsmUrl(), ready().caPem());
  }

  /** An access token for this HSM. */
  String token(String identity) {
    return token(identity, ready().resource());
  }

  String token(String identity, String resource) {
    ReadyState.Identity seeded = Objects.requireNonNull(ready().identities().get(identity));
    String form =
        "grant_type=client_credentials&client_id="
            + seeded.clientId()
            + "&client_secret="
            + text(seeded.clientSecret())
            + "&scope="
            + URLEncoder.encode(resource + "/.default", StandardCharsets.UTF_8);
    try (Wire wire = Wire.connect(ready().authorityUrl(), ready().caPem())) {
      return wire.send(
              "POST",
              "/" + ready().tenantId() + "/oauth2/v2.0/token",
              "Content-Type: application/x-www-form-urlencoded\r\n",
              form)
          .json()
          .get("access_token")
          .asText();
    }
  }

  static String text(SecretBytes secret) {
    return new String(secret.expose(), StandardCharsets.US_ASCII);
  }

  @Override
  public void close() {
    server.close();
  }
}
