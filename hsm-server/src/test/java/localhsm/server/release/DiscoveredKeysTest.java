package localhsm.server.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiscoveredKeysTest {
  private static final String ISSUER = "https://a.example/t";
  private static final String DOCUMENT = ISSUER + "/.well-known/openid-configuration";
  private static final String KEYS =
      "{\"keys\":[" + TokenForge.jwk(TokenForge.rsa(2048).getPublic(), "\"kid\":\"k\"") + "]}";

  private final Map<String, String> web = new HashMap<>();
  private final List<String> asked = new ArrayList<>();

  private CompletionStage<byte[]> get(URI address) {
    asked.add(address.toString());
    String content = web.get(address.toString());
    return content == null
        ? CompletableFuture.failedStage(new IOException("404"))
        : CompletableFuture.completedStage(content.getBytes(StandardCharsets.UTF_8));
  }

  private PublicKeys fetch(String issuer) {
    return new DiscoveredKeys(URI.create(issuer), this::get).fetch().toCompletableFuture().join();
  }

  private void publish(String issuer, String keysAddress) {
    web.put(DOCUMENT, "{\"issuer\":\"" + issuer + "\",\"jwks_uri\":\"" + keysAddress + "\"}");
    web.put(keysAddress, KEYS);
  }

  @Nested
  class TheKeysOfAnIssuer {
    @ParameterizedTest
    @ValueSource(
        strings = {"https://a.example/certs", "https://A.example/x?y", "https://keys.a.example/"})
    void areWhereItsDocumentSaysOnItsHostOrBelow(String address) {
      publish(ISSUER, address);
      assertThat(fetch(ISSUER).find("k")).isPresent();
      assertThat(asked).containsExactly(DOCUMENT, address);
    }

    @Test
    void areFoundWithASlashAtTheEndToo() {
      publish(ISSUER, "https://a.example/certs");
      assertThat(fetch(ISSUER + "/").find("k")).isPresent();
    }
  }

  @Nested
  class ADocument {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "http://a.example/certs",
          "https://b.example/certs",
          "https://example/certs",
          "https://evila.example/certs",
          "https://a.example.evil/certs",
          "https://a.example:8443/certs",
          "https://a.example@b.example/certs",
          "https://user@a.example/certs",
          "https://169.254.169.254/certs",
          "file:///etc/passwd",
          "/certs",
          "https:///certs",
          "https://a.example/ certs"
        })
    void cannotSendTheServerElsewhere(String address) {
      publish(ISSUER, address);
      assertThatThrownBy(() -> fetch(ISSUER)).hasMessageContaining("no jwks_uri");
      assertThat(asked).containsExactly(DOCUMENT);
    }

    @Test
    void mustBeTheIssuersOwn() {
      publish("https://b.example", "https://a.example/certs");
      assertThatThrownBy(() -> fetch(ISSUER)).hasMessageContaining("another issuer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "<html>"})
    void mustBeOne(String content) {
      web.put(DOCUMENT, content);
      assertThatThrownBy(() -> fetch(ISSUER)).hasMessageContaining(ISSUER);
    }

    @Test
    void mustLeadToKeys() {
      publish(ISSUER, "https://a.example/certs");
      web.put("https://a.example/certs", "{}");
      assertThatThrownBy(() -> fetch(ISSUER)).hasMessageContaining("no key set");
    }

    @Test
    void ofAnAddressKnowsNoNamesBelowIt() {
      String issuer = "https://127.0.0.1";
      web.put(
          issuer + "/.well-known/openid-configuration",
          "{\"issuer\":\"" + issuer + "\",\"jwks_uri\":\"https://9.127.0.0.1/certs\"}");
      assertThatThrownBy(() -> fetch(issuer)).hasMessageContaining("no jwks_uri");
    }
  }
}
