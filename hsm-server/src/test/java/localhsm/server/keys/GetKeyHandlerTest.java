package localhsm.server.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Optional;
import localhsm.crypto.RsaMaterial;
import localhsm.keys.FoundKey;
import localhsm.problem.Problem;
import org.bouncycastle.util.BigIntegers;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class GetKeyHandlerTest {
  private final KeysApi api = new KeysApi();

  @Nested
  class AnRsaKey {
    @Test
    void isAnsweredWithItsPublicPartOnly() {
      FoundKey key = api.rsa("Rsa");
      BigInteger modulus = ((RsaMaterial) key.version().material()).modulus();
      assertThat(api.get("/keys/rsa"))
          .isEqualTo(
              "{"
                  + KeysApi.ATTRIBUTES
                  + ",\"key\":{\"e\":\"AQAB\",\"key_ops\":[\"wrapKey\",\"unwrapKey\",\"encrypt\","
                  + "\"decrypt\",\"sign\",\"verify\"],\"kid\":\""
                  + KeysApi.kid(key)
                  + "\",\"kty\":\"RSA-HSM\",\"n\":\""
                  + KeysApi.base64Url(BigIntegers.asUnsignedByteArray(modulus))
                  + "\"}}");
    }
  }

  @Nested
  class AnEcKey {
    @Test
    void isTheLatestVersionUnlessOneIsNamed() {
      FoundKey first = api.ec("a");
      FoundKey second = api.ec("a");
      assertThat(api.get("/keys/A/")).contains("\"kid\":\"" + KeysApi.kid(second) + "\"");
      assertThat(api.get("/keys/a/" + first.version().version()))
          .contains("\"kid\":\"" + KeysApi.kid(first) + "\"");
      assertThat(
              api.get(
                  "/keys/a/"
                      + first.version().version().value().toUpperCase(java.util.Locale.ROOT)))
          .contains("\"kid\":\"" + KeysApi.kid(first) + "\"");
    }

    @Test
    void mayBeCalledWhatPathsSayElsewhere() {
      for (String name : new String[] {"versions", "restore", "create", "sign"}) {
        FoundKey key = api.ec(name);
        assertThat(api.get("/keys/" + name)).contains(KeysApi.kid(key));
      }
    }
  }

  @Nested
  class AnUnknownKey {
    @Test
    void isNotFoundUnderTheUrlAsked() {
      assertThat(api.refusalOfGet("/keys/Nobody/"))
          .isEqualTo(
              new Problem.NotFound("KeyNotFound", "Key not found: ", Optional.of("/keys/Nobody")));
    }

    @Test
    void mayBeAVersion() {
      api.ec("a");
      assertThat(api.refusalOfGet("/keys/a/" + "0".repeat(32)))
          .isEqualTo(
              new Problem.NotFound(
                  "KeyNotFound", "Key not found: ", Optional.of("/keys/a/" + "0".repeat(32))));
      assertThat(api.refusalOfGet("/keys/a/latest").code()).isEqualTo("Invalidkeyidentifier");
    }
  }
}
