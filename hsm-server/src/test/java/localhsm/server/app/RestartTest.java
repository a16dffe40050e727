package localhsm.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import localhsm.server.config.ServerConfig;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A data folder")
class RestartTest {
  private static final String VERSION = "?api-version=7.6";
  private static final List<String> KINDS =
      List.of(
          "{\"kty\":\"RSA\"}",
          "{\"kty\":\"EC\"}",
          "{\"kty\":\"EC\",\"crv\":\"P-384\"}",
          "{\"kty\":\"EC\",\"crv\":\"P-521\"}",
          "{\"kty\":\"EC\",\"crv\":\"P-256K\",\"tags\":{\"a\":\"b\"}}");

  @TempDir private Path folder;

  private TestHsm start() {
    return TestHsm.start(TestHsm.kept(folder), folder);
  }

  private StartRefused refused(ServerConfig config) {
    return catchThrowableOfType(StartRefused.class, () -> TestHsm.start(config, folder).close());
  }

  /** Path of the id to the whole bundle, whose ids name the port of the day. */
  private static Map<String, JsonNode> create(Wire wire, String token) {
    Map<String, JsonNode> keys = new LinkedHashMap<>();
    for (int i = 0; i < 2 * KINDS.size(); i++) {
      String name = "key-" + i % KINDS.size();
      JsonNode bundle =
          wire.as(token, "POST", "/keys/" + name + "/create" + VERSION, KINDS.get(i % KINDS.size()))
              .json();
      keys.put(path(bundle), bundle);
    }
    return keys;
  }

  private static String path(JsonNode bundle) {
    return URI.create(bundle.at("/key/kid").asText()).getPath();
  }

  private static String withoutPort(JsonNode bundle) {
    return bundle.toString().replaceAll("localhost:[0-9]+/", "localhost/");
  }

  @Nested
  @DisplayName("that is started again")
  class StartedAgain {

    @Test
    void hasItsKeys() throws GeneralSecurityException {
      Map<String, JsonNode> before;
      String token;
      try (TestHsm hsm = start();
          Wire wire = hsm.connect()) {
        token = hsm.token("admin", TestHsm.PUBLIC_CLOUD);
        before = create(wire, token);
      }
      try (TestHsm hsm = start();
          Wire wire = hsm.connect()) {
        for (Map.Entry<String, JsonNode> key : before.entrySet()) {
          JsonNode after = wire.as(token, "GET", key.getKey() + VERSION, "").json();
          assertThat(withoutPort(after)).isEqualTo(withoutPort(key.getValue()));

          JsonNode old = key.getValue().get("key");
          JsonNode signed =
              wire.as(token, "POST", key.getKey() + "/sign" + VERSION, PublicKeys.signRequest(old))
                  .json();
          assertThat(PublicKeys.verify(old, signed.get("value").asText())).isTrue();
        }
        JsonNode list = wire.as(token, "GET", "/keys" + VERSION, "").json();
        assertThat(list.get("value").size()).isEqualTo(KINDS.size());
      }
    }

    @Test
    void hasItsSecretsAndCertificates() throws IOException {
      Map<String, String> secrets = new TreeMap<>();
      byte[] ca;
      Certificate leaf;
      try (TestHsm hsm = start();
          Wire wire = hsm.connect()) {
        ca = Files.readAllBytes(hsm.ready().caPem());
        leaf = wire.leaf();
        collect(hsm, secrets);
      }
      try (TestHsm hsm = start();
          Wire wire = hsm.connect()) {
        Map<String, String> after = new TreeMap<>();
        collect(hsm, after);
        assertThat(after).isEqualTo(secrets).hasSize(7);
        assertThat(Files.readAllBytes(hsm.ready().caPem())).isEqualTo(ca);
        assertThat(wire.leaf()).isEqualTo(leaf);
      }
    }

    private void collect(TestHsm hsm, Map<String, String> secrets) {
      secrets.put("identity header", TestHsm.text(hsm.ready().identityHeader()));
      hsm.ready()
          .identities()
          .forEach((name, identity) -> secrets.put(name, TestHsm.text(identity.clientSecret())));
    }
  }

  @Nested
  @DisplayName("with the wrong platform key")
  class WithTheWrongPlatformKey {

    @Test
    void cannotBeUnsealed() throws IOException {
      start().close();
      Path other = folder.resolve("other.key");
      Files.writeString(other, "ab".repeat(32));
      ServerConfig.Data data =
          new ServerConfig.Data(Optional.of(folder.resolve("data")), Optional.of(other));

      assertThat(refused(TestHsm.config(folder).withData(data)).exitCode()).isEqualTo(6);
      start().close();
    }

    @Test
    void isNotGivenANewOne() throws IOException {
      start().close();
      Path key = folder.resolve("data/platform.key");
      byte[] kept = Files.readAllBytes(key);
      Files.delete(key);

      StartRefused refused = refused(TestHsm.kept(folder));

      assertThat(refused.exitCode()).isEqualTo(6);
      assertThat(refused).hasMessageContaining(key.toString());
      assertThat(key).doesNotExist();
      Files.write(key, kept);
      start().close();
    }
  }

  @Nested
  @DisplayName("with a damaged byte")
  class WithADamagedByte {

    @Test
    void isRefusedAndLeftAlone() throws IOException {
      try (TestHsm hsm = start();
          Wire wire = hsm.connect()) {
        create(wire, hsm.token("admin"));
      }
      Path database = folder.resolve("data/store.db");
      byte[] damaged = Files.readAllBytes(database);
      damaged[endOfAFullPage(damaged)] ^= 1;
      Files.write(database, damaged);

      StartRefused refused = refused(TestHsm.kept(folder));

      assertThat(refused.exitCode()).isEqualTo(5);
      assertThat(refused).hasMessageContaining("damaged").hasMessageContaining("nothing was");
      assertThat(Files.readAllBytes(database)).isEqualTo(damaged);
    }

    /** Cells are laid from the end of a page, so that its last byte belongs to a row. */
    private int endOfAFullPage(byte[] database) {
      int page = ByteBuffer.wrap(database).getShort(16) & 0xffff;
      for (int start = database.length - page; start > 0; start -= page) {
        boolean leaf = database[start] == 0x0a || database[start] == 0x0d;
        if (leaf && ByteBuffer.wrap(database).getShort(start + 3) > 0) {
          return start + page - 1;
        }
      }
      throw new AssertionError("no page with rows");
    }
  }

  @Nested
  @DisplayName("that is in use")
  class InUse {

    @Test
    void cannotBeUsedTwice() {
      TestHsm hsm = start();
      try (hsm) {
        assertThat(refused(TestHsm.kept(folder)).exitCode()).isEqualTo(5);
        assertThat(hsm.token("admin")).isNotEmpty();
      }
      start().close();
    }

    @Test
    void isLetGoWhenItsPortIsTaken() {
      try (TestHsm hsm = TestHsm.start(TestHsm.config(folder), folder)) {
        int port = URI.create(hsm.ready().hsmUrl()).getPort();
        ServerConfig.Listen taken =
            new ServerConfig.Listen(port, List.of(InetAddress.getLoopbackAddress()));

        StartRefused refused = refused(TestHsm.kept(folder).withListen(taken));

        assertThat(refused.exitCode()).isEqualTo(4);
        assertThat(refused).hasMessageContaining(Integer.toString(port));
      }
      start().close();
    }
  }
}
