package localhsm.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys of Project Wycheproof are imported as a client imports them, and used over TLS. */
@DisplayName("An imported key of Project Wycheproof")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WycheproofOverTlsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String VERSION = "?api-version=2026-04-01";

  private TestHsm hsm;
  private Wire wire;
  private String token;

  @BeforeAll
  void start(@TempDir Path folder) {
    hsm = TestHsm.start(TestHsm.config(folder), folder);
    wire = hsm.connect();
    token = hsm.token("admin");
  }

  @AfterAll
  void stop() {
    wire.close();
    hsm.close();
  }

  @ParameterizedTest
  @CsvSource({
    "rsa_oaep_2048_sha1_mgf1sha1_test.json, RSA-OAEP, 36",
    "rsa_oaep_2048_sha256_mgf1sha256_test.json, RSA-OAEP-256, 37"
  })
  void decryptsAndUnwrapsWithRsa(String file, String algorithm, int cases) throws IOException {
    int seen = 0;
    for (JsonNode group : read(file).get("testGroups")) {
      ObjectNode jwk = group.get("privateKeyJwk").deepCopy();
      jwk.remove("alg");
      importKey(algorithm, jwk.put("kty", "RSA-HSM"));
      for (JsonNode test : group.get("tests")) {
        // A label cannot be given, so a ciphertext made with one must not open.
        boolean valid = valid(test) && test.get("label").asText().isEmpty();
        ObjectNode body = body(algorithm, test, "ct");
        assertOpens(post(algorithm, "decrypt", body), test, valid);
        assertOpens(post(algorithm, "unwrapkey", body), test, valid);
        seen++;
      }
    }
    assertThat(seen).isEqualTo(cases);
  }

  @Test
  void decryptsWithGcm() throws IOException {
    int seen = 0;
    for (JsonNode group : read("aes_gcm_test.json").get("testGroups")) {
      boolean possible = group.get("ivSize").asInt() == 96;
      for (JsonNode test : group.get("tests")) {
        String name = importOct("gcm", test);
        ObjectNode body = body("A" + group.get("keySize").asInt() + "GCM", test, "ct");
        for (String member : new String[] {"iv", "tag", "aad"}) {
          body.put(member, base64Url(test, member));
        }
        assertOpens(post(name, "decrypt", body), test, possible && valid(test));
        seen++;
      }
    }
    assertThat(seen).isEqualTo(316);
  }

  @Test
  void wrapsAndUnwraps() throws IOException {
    int seen = 0;
    for (JsonNode group : read("aes_wrap_test.json").get("testGroups")) {
      String algorithm = "A" + group.get("keySize").asInt() + "KW";
      for (JsonNode test : group.get("tests")) {
        String name = importOct("kw", test);
        assertOpens(post(name, "unwrapkey", body(algorithm, test, "ct")), test, valid(test));
        if (valid(test)) {
          Wire.Answer wrapped = post(name, "wrapkey", body(algorithm, test, "msg"));
          assertThat(wrapped.json().get("value").asText()).isEqualTo(base64Url(test, "ct"));
        }
        seen++;
      }
    }
    assertThat(seen).isEqualTo(165);
  }

  /** Truncated MACs, "valid" or not, are refused; a key of 520 bits is not taken. */
  @Test
  void makesAndVerifiesMacs() throws IOException {
    int seen = 0;
    for (JsonNode group : read("hmac_sha256_test.json").get("testGroups")) {
      boolean possible = group.get("keySize").asInt() <= 256;
      boolean whole = group.get("tagSize").asInt() == 256;
      for (JsonNode test : group.get("tests")) {
        if (possible) {
          String name = importOct("mac", test);
          ObjectNode body = body("HS256", test, "tag").put("digest", base64Url(test, "msg"));
          assertThat(post(name, "verify", body).json().get("value").asBoolean())
              .as(test.toString())
              .isEqualTo(whole && valid(test));
        } else {
          assertThat(put("mac-refused", oct(test)).status()).isEqualTo(400);
        }
        seen++;
      }
    }
    assertThat(seen).isEqualTo(174);
  }

  private static void assertOpens(Wire.Answer answer, JsonNode test, boolean valid) {
    assertThat(answer.status()).as(test.toString()).isEqualTo(valid ? 200 : 400);
    if (valid) {
      assertThat(answer.json().get("value").asText())
          .as(test.toString())
          .isEqualTo(base64Url(test, "msg"));
    } else {
      assertThat(answer.json().get("error").get("message").asText())
          .startsWith("The parameter is incorrect. (Activity ID: ");
    }
  }

  private String importOct(String kind, JsonNode test) {
    String name = kind + "-" + test.get("tcId").asInt();
    importKey(name, oct(test));
    return name;
  }

  private static ObjectNode oct(JsonNode test) {
    return JSON.createObjectNode().put("kty", "oct-HSM").put("k", base64Url(test, "key"));
  }

  private void importKey(String name, ObjectNode jwk) {
    assertThat(put(name, jwk).status()).isEqualTo(200);
  }

  private Wire.Answer put(String name, ObjectNode jwk) {
    ObjectNode body = JSON.createObjectNode();
    body.set("key", jwk);
    return wire.as(token, "PUT", "/keys/" + name + VERSION, body.toString());
  }

  private Wire.Answer post(String name, String operation, ObjectNode body) {
    return wire.as(token, "POST", "/keys/" + name + "/" + operation + VERSION, body.toString());
  }

  private static ObjectNode body(String algorithm, JsonNode test, String member) {
    return JSON.createObjectNode().put("alg", algorithm).put("value", base64Url(test, member));
  }

  private static boolean valid(JsonNode test) {
    return test.get("result").asText().equals("valid");
  }

  private static String base64Url(JsonNode test, String member) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(HexFormat.of().parseHex(test.get(member).asText()));
  }

  private static JsonNode read(String file) throws IOException {
    String folder = System.getProperty("localhsm.vectors", "");
    assumeFalse(folder.isEmpty(), "no folder of vectors");
    return JSON.readTree(Path.of(folder, "wycheproof", file).toFile());
  }
}
