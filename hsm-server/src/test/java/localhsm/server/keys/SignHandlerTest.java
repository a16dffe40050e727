package localhsm.server.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Base64;
import localhsm.crypto.EcMaterial;
import localhsm.keys.FoundKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignHandlerTest {
  static final byte[] MESSAGE = "Local HSM".getBytes(StandardCharsets.UTF_8);

  private final KeysApi api = new KeysApi();

  static String digest() throws Exception {
    return KeysApi.base64Url(MessageDigest.getInstance("SHA-256").digest(MESSAGE));
  }

  static String valueOf(String json) {
    return json.replaceAll(".*\"value\":\"([^\"]*)\".*", "$1");
  }

  private static PublicKey jdkPublic(EcMaterial ec) throws Exception {
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
    parameters.init(new ECGenParameterSpec("secp256r1"));
    ECPoint point = new ECPoint(new BigInteger(1, ec.x()), new BigInteger(1, ec.y()));
    return KeyFactory.getInstance("EC")
        .generatePublic(
            new ECPublicKeySpec(point, parameters.getParameterSpec(ECParameterSpec.class)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/keys/a/sign", "/keys/A//sign", "/keys/a/{version}/sign"})
  void answersASignatureThatOthersVerify(String path) throws Exception {
    FoundKey key = api.ec("a");
    String json =
        api.post(
            path.replace("{version}", key.version().version().value()),
            "{\"alg\":\"ES256\",\"value\":\"" + digest() + "\"}");
    String signature = valueOf(json);
    assertThat(json)
        .isEqualTo("{\"kid\":\"" + KeysApi.kid(key) + "\",\"value\":\"" + signature + "\"}");
    Signature jdk = Signature.getInstance("SHA256withECDSAinP1363Format");
    jdk.initVerify(jdkPublic((EcMaterial) key.version().material()));
    jdk.update(MESSAGE);
    assertThat(jdk.verify(Base64.getUrlDecoder().decode(signature))).isTrue();
  }

  @Test
  void refusesWhatDoesNotFit() throws Exception {
    api.ec("a");
    String value = "\",\"value\":\"" + digest() + "\"}";
    assertThat(api.refusalOfPost("/keys/a/sign", "{\"alg\":\"es256" + value).message())
        .isEqualTo("Property alg names no supported algorithm.");
    assertThat(api.refusalOfPost("/keys/a/sign", "{\"alg\":\"ES384" + value).message())
        .isEqualTo("Key and algorithm do not match: ES384");
    assertThat(api.refusalOfPost("/keys/a/sign", "{\"alg\":\"ES256\"}").message())
        .isEqualTo("Property value is required.");
    assertThat(api.refusalOfPost("/keys/a/sign", "{\"alg\":\"ES256\",\"value\":\"AAAA\"}").code())
        .isEqualTo("BadParameter");
    assertThat(api.refusalOfPost("/keys/b/sign", "{\"alg\":\"ES256" + value).code())
        .isEqualTo("KeyNotFound");
  }

  @Test
  void refusesADisabledKey() throws Exception {
    api.post("/keys/a/create", "{\"kty\":\"EC\",\"attributes\":{\"enabled\":false}}");
    assertThat(
            api.refusalOfPost("/keys/a/sign", "{\"alg\":\"ES256\",\"value\":\"" + digest() + "\"}")
                .innerCode())
        .contains("KeyDisabled");
  }
}
