package localhsm.server.keys;

import static org.assertj.core.api.Assertions.assertThat;

import localhsm.problem.Problem;
import localhsm.server.http.Verb;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an api-version knows and what not. */
class FeatureTest {
  private final KeysApi api = new KeysApi();

  private static String at(String path, String version) {
    return path + "?api-version=" + version;
  }

  private void assertRefused(Verb verb, String path, String body) {
    assertThat(api.refusal(verb, path, body).kind()).isEqualTo(Problem.Kind.BAD_PARAMETER);
  }

  @Nested
  class AnAnswer {
    @ParameterizedTest
    @CsvSource({
      "7.0, false, false, false",
      "7.1, true, false, false",
      "7.2-preview, true, false, false",
      "7.2, true, false, false",
      "7.3-preview, true, true, false",
      "7.3, true, true, false",
      "7.6, true, true, false",
      "2025-07-01, true, true, false",
      "2026-03-01-preview, true, true, false",
      "2026-04-01, true, true, true",
      "2026-07-01-preview, true, true, true"
    })
    void showsNoMemberThatItsVersionLacks(
        String version, boolean days, boolean exportable, boolean size) {
      api.post("/keys/a/create", "{\"kty\":\"oct\",\"key_size\":192}");
      for (String path : new String[] {"/keys/a", "/keys", "/keys/a/versions"}) {
        String json = api.get(at(path, version));
        assertThat(json.contains("\"recoverableDays\":90")).isEqualTo(days);
        assertThat(json.contains("\"exportable\":false")).isEqualTo(exportable);
        assertThat(json.contains("\"key_size\":192")).isEqualTo(size);
        assertThat(json).contains("\"recoveryLevel\"");
      }
    }

    @Test
    void tellsTheSizeOfSymmetricKeysOnly() {
      api.ec("a");
      assertThat(api.get(at("/keys/a", "2026-04-01"))).doesNotContain("key_size");
    }
  }

  @Nested
  class ARequest {
    @ParameterizedTest
    @CsvSource({"7.0, false", "7.1, false", "7.2-preview, true", "7.2, true", "7.6, true"})
    void knowsSymmetricKeys(String version, boolean known) {
      String body = "{\"kty\":\"oct-HSM\"}";
      if (known) {
        assertThat(api.post(at("/keys/a/create", version), body)).contains("oct-HSM");
      } else {
        assertThat(api.refusal(Verb.POST, at("/keys/a/create", version), body).message())
            .isEqualTo("Invalid kty value: oct-HSM");
      }
    }

    @ParameterizedTest
    @CsvSource({
      "A256KW, encrypt, 7.1, false",
      "A256KW, encrypt, 7.2, true",
      "A256GCM, wrapkey, 7.2-preview, true",
      "CKM_AES_KEY_WRAP, encrypt, 7.5, false",
      "CKM_AES_KEY_WRAP, encrypt, 7.6-preview.1, true",
      "CKM_AES_KEY_WRAP_PAD, wrapkey, 7.5, false",
      "CKM_AES_KEY_WRAP_PAD, wrapkey, 7.6, true",
      "A256KWPAD, wrapkey, 2026-04-01, false",
      "HS256, sign, 7.5, false",
      "HS256, sign, 7.6, true",
      "HS512, sign, 2025-07-01, true"
    })
    void knowsItsAlgorithms(String alg, String operation, String version, boolean known) {
      api.post("/keys/a/create", "{\"kty\":\"oct\"}");
      String body = "{\"alg\":\"" + alg + "\",\"value\":\"AAAAAAAAAAAAAAAAAAAAAA\"}";
      String path = at("/keys/a/" + operation, version);
      if (known) {
        assertThat(api.post(path, body)).contains("\"value\":\"");
      } else {
        assertThat(api.refusal(Verb.POST, path, body).message())
            .isEqualTo("Property alg names no supported algorithm.");
      }
    }

    @Test
    void mayRotateAndReleaseSince73() {
      api.ec("a");
      assertRefused(Verb.POST, at("/keys/a/rotate", "7.2"), "");
      assertRefused(Verb.GET, at("/keys/a/rotationpolicy", "7.2"), "");
      assertRefused(Verb.PUT, at("/keys/a/rotationpolicy", "7.2"), "{}");
      assertThat(api.put(at("/keys/a/rotationpolicy", "7.3-preview"), "{}")).contains("\"id\"");
    }

    @Test
    void isRefusedOnlyWhereIgnoringItWouldChangeItsMeaning() {
      String path = at("/keys/a/create", "7.2");
      assertRefused(Verb.POST, path, "{\"kty\":\"EC\",\"attributes\":{\"exportable\":true}}");
      assertRefused(Verb.POST, path, "{\"kty\":\"EC\",\"release_policy\":{\"data\":\"e30\"}}");
      String harmless =
          "{\"kty\":\"EC\",\"attributes\":{\"exportable\":false},\"release_policy\":null}";
      assertThat(api.post(path, harmless)).contains("EC-HSM");
    }
  }
}
