package localhsm.server.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import localhsm.keys.DirectWorkers;
import localhsm.keys.SettableClock;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfiguredIssuersTest {
  private static final KeyPair KEY = TokenForge.rsa(2048);

  @TempDir Path folder;
  private final SettableClock clock = new SettableClock(Instant.ofEpochSecond(0));

  private AttestationIssuer issuer(Path file) {
    ConfiguredIssuer configured = new ConfiguredIssuer("https://a.example", Optional.of(file));
    return ConfiguredIssuers.of(List.of(configured), new DirectWorkers(), clock).get(0);
  }

  @Nested
  class AnIssuerWithAFile {
    @Test
    void hasTheKeysOfTheFile() throws Exception {
      Path file = folder.resolve("keys.json");
      Files.writeString(
          file, "{\"keys\":[" + TokenForge.jwk(KEY.getPublic(), "\"kid\":\"k\"") + "]}");
      AttestationIssuer issuer = issuer(file);
      assertThat(issuer.goesBy("https://a.example/")).isTrue();
      assertThat(issuer.key("k").toCompletableFuture().join()).contains(KEY.getPublic());
    }

    @Test
    void hasNoKeysWithoutIt() throws Exception {
      assertThat(issuer(folder.resolve("none")).key("k").toCompletableFuture().join()).isEmpty();
      Path file = Files.writeString(folder.resolve("keys.json"), "nonsense");
      assertThat(issuer(file).key("k").toCompletableFuture().join()).isEmpty();
    }
  }
}
