package localhsm.server.keys;

import static localhsm.server.keys.ReleaseApi.bytes;
import static localhsm.server.keys.ReleaseApi.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.spec.MGF1ParameterSpec;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import localhsm.crypto.KeyParameters;
import localhsm.keys.FoundKey;
import localhsm.problem.Problems;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secure wrapping and secure unwrapping, which belong together. */
class SecureWrapHandlerTest {
  private static final String V = "?api-version=2026-04-01";

  @TempDir Path folder;
  private ReleaseApi api;

  @BeforeEach
  void open() {
    api = new ReleaseApi(folder);
  }

  private Map<String, Object> unwrap(String alg, String value, String target) {
    return api.post(
        "/keys/k/secureunwrapkey" + V, Map.of("alg", alg, "value", value, "target", target));
  }

  private byte[] opened(String value) throws Exception {
    Cipher oaep = Cipher.getInstance("RSA/ECB/OAEPPadding");
    oaep.init(
        Cipher.DECRYPT_MODE,
        api.forge.environment.getPrivate(),
        new OAEPParameterSpec(
            "SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT));
    return oaep.doFinal(bytes(value));
  }

  @Nested
  class AKeyMadeInside {
    @ParameterizedTest
    @ValueSource(strings = {"A256KW", "A256KWPAD", "CKM_AES_KEY_WRAP", "CKM_AES_KEY_WRAP_PAD"})
    void comesWrappedAndIsOpenedForTheEnvironmentAlone(String alg) throws Exception {
      FoundKey key = api.create("k", new KeyParameters.Oct(256), false);
      Map<String, Object> wrapped = api.post("/keys/k/securewrapkey" + V, Map.of("alg", alg));
      assertThat(wrapped)
          .containsOnlyKeys("alg", "kid", "value")
          .containsEntry("alg", alg)
          .containsEntry("kid", KeysApi.kid(key));
      Map<String, Object> opened = unwrap(alg, text(wrapped, "value"), api.token());
      assertThat(opened)
          .containsOnlyKeys("alg", "kid", "value")
          .containsEntry("alg", alg)
          .containsEntry("kid", KeysApi.kid(key));
      assertThat(opened(text(opened, "value"))).hasSize(32);
    }

    @Test
    void isTheSameThatPlainUnwrappingGives() throws Exception {
      api.create("k", new KeyParameters.Oct(256), false);
      String wrapped =
          text(api.post("/keys/k/securewrapkey" + V, Map.of("alg", "A256KW")), "value");
      String plain =
          text(
              api.post("/keys/k/unwrapkey" + V, Map.of("alg", "A256KW", "value", wrapped)),
              "value");
      assertThat(opened(text(unwrap("A256KW", wrapped, api.token()), "value")))
          .isEqualTo(bytes(plain));
    }
  }

  @Nested
  class ARefusal {
    @ParameterizedTest
    @ValueSource(strings = {"RSA-OAEP", "RSA1_5", "A256GCM", "A256CBC", "a256kw", "ES256", ""})
    void meetsWhatIsNotOnTheList(String alg) {
      api.create("k", new KeyParameters.Oct(256), false);
      assertThat(api.refusal("/keys/k/securewrapkey" + V, Map.of("alg", alg)).code())
          .isEqualTo("BadParameter");
    }

    @Test
    void meetsATokenThatIsNotBelieved() {
      api.create("k", new KeyParameters.Oct(256), false);
      String wrapped =
          text(api.post("/keys/k/securewrapkey" + V, Map.of("alg", "A256KW")), "value");
      String foreign = api.forge.token(api.forge.claims().replace("attest.", "evil."));
      assertThat(
              api.refusal(
                  "/keys/k/secureunwrapkey" + V,
                  Map.of("alg", "A256KW", "value", wrapped, "target", foreign)))
          .isEqualTo(Problems.releaseRefused().problem());
    }

    @Test
    void meetsMissingMembers() {
      api.create("k", new KeyParameters.Oct(256), false);
      for (Map<String, String> body :
          List.of(
              Map.of("alg", "A256KW", "value", "AAAA"),
              Map.of("alg", "A256KW", "target", api.token()),
              Map.of("value", "AAAA", "target", api.token()))) {
        assertThat(api.refusal("/keys/k/secureunwrapkey" + V, body).message())
            .contains("is required");
      }
    }

    @Test
    void meetsAnOlderApiVersion() {
      api.create("k", new KeyParameters.Oct(256), false);
      assertThat(
              api.refusal("/keys/k/securewrapkey?api-version=2025-07-01", Map.of("alg", "A256KW"))
                  .code())
          .isEqualTo("BadParameter");
    }
  }
}
