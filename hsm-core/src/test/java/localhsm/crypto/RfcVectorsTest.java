package localhsm.crypto;

import static localhsm.crypto.TestKeys.PROVIDERS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import localhsm.secret.SecretBytes;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The signatures, MACs and ciphertexts of RFC 3394, RFC 5649, RFC 7515 appendix A, RFC 7518
 * appendix B, RFC 7520, and those of NIST for the modes of AES.
 */
class RfcVectorsTest {

  static Stream<JsonNode> signatures() throws IOException {
    return vectors("signatures");
  }

  static Stream<JsonNode> encryptions() throws IOException {
    return vectors("encryptions");
  }

  static Stream<JsonNode> ciphers() throws IOException {
    return vectors("ciphers");
  }

  static Stream<JsonNode> macs() throws IOException {
    return vectors("macs");
  }

  private static Stream<JsonNode> vectors(String kind) throws IOException {
    try (InputStream file = RfcVectorsTest.class.getResourceAsStream("rfc-vectors.json")) {
      JsonNode kinds = new ObjectMapper().readTree(file);
      return StreamSupport.stream(kinds.get(kind).spliterator(), false);
    }
  }

  @ParameterizedTest
  @MethodSource("signatures")
  void areVerified(JsonNode vector) throws Exception {
    KeyMaterial key = key(vector);
    byte[] signature = bytes(vector, "signature");
    assertThat(algorithm(vector).verify(key, digest(vector), signature, PROVIDERS)).isTrue();
    byte[] made = algorithm(vector).sign(key, digest(vector), PROVIDERS);
    assertThat(Arrays.equals(made, signature)).isEqualTo(vector.get("deterministic").asBoolean());
  }

  @ParameterizedTest
  @MethodSource("encryptions")
  void areDecrypted(JsonNode vector) {
    String alg = vector.get("alg").asText();
    CipherAlgorithm decrypting = CipherAlgorithm.fromWire(alg).orElseThrow();
    CipherAlgorithm.Input input = CipherAlgorithm.Input.of(bytes(vector, "ciphertext"));
    assertThat(decrypting.decrypt(key(vector), input, PROVIDERS).value())
        .isEqualTo(bytes(vector, "plaintext"));
  }

  @ParameterizedTest
  @MethodSource("ciphers")
  void areDecryptedAndMadeByEveryImplementation(JsonNode vector) {
    CipherAlgorithm algorithm = CipherAlgorithm.fromWire(vector.get("alg").asText()).orElseThrow();
    KeyMaterial key = symmetric(vector);
    byte[] plaintext = bytes(vector, "plaintext");
    byte[] ciphertext = bytes(vector, "ciphertext");
    Optional<byte[]> iv = optionalBytes(vector, "iv");
    Optional<byte[]> tag = optionalBytes(vector, "tag");
    Optional<byte[]> aad = optionalBytes(vector, "aad");
    for (Providers providers : TestKeys.everyChoice()) {
      CipherAlgorithm.Input sealed = new CipherAlgorithm.Input(ciphertext, iv, tag, aad);
      assertThat(algorithm.decrypt(key, sealed, providers).value()).isEqualTo(plaintext);
      if (tag.isEmpty()) {
        CipherAlgorithm.Input plain = new CipherAlgorithm.Input(plaintext, iv, tag, aad);
        assertThat(algorithm.encrypt(key, plain, providers).value()).isEqualTo(ciphertext);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("macs")
  void areAuthenticatedByEveryImplementation(JsonNode vector) {
    for (Providers providers : TestKeys.everyChoice()) {
      assertThat(algorithm(vector).sign(symmetric(vector), bytes(vector, "value"), providers))
          .isEqualTo(bytes(vector, "signature"));
    }
  }

  private static KeyMaterial symmetric(JsonNode vector) {
    return KeyMaterial.symmetric(SecretBytes.owning(bytes(vector, "k")));
  }

  private static Optional<byte[]> optionalBytes(JsonNode vector, String member) {
    return vector.has(member) ? Optional.of(bytes(vector, member)) : Optional.empty();
  }

  private static SignAlgorithm algorithm(JsonNode vector) {
    return SignAlgorithm.fromWire(vector.get("alg").asText()).orElseThrow();
  }

  private static byte[] digest(JsonNode vector) throws Exception {
    String bits = vector.get("alg").asText().substring(2);
    return MessageDigest.getInstance("SHA-" + bits)
        .digest(vector.get("input").asText().getBytes(StandardCharsets.US_ASCII));
  }

  /** Every key goes through its encoding, which checks that its parts belong together. */
  private static KeyMaterial key(JsonNode vector) {
    KeyMaterial given = vector.has("crv") ? ec(vector) : rsa(vector);
    try (SecretBytes pkcs8 = given.encoded()) {
      return KeyMaterial.decode(given.type(), pkcs8, PROVIDERS);
    }
  }

  private static KeyMaterial rsa(JsonNode vector) {
    BigInteger p = number(vector, "p");
    return TestKeys.rsa(p, number(vector, "n").divide(p), BigInteger.valueOf(65537));
  }

  private static KeyMaterial ec(JsonNode vector) {
    Curve curve = Curve.fromWire(vector.get("crv").asText()).orElseThrow();
    return new EcMaterial(
        curve,
        new ECPublicKeyParameters(
            curve.domain().getCurve().createPoint(number(vector, "x"), number(vector, "y")),
            curve.domain()),
        new ECPrivateKeyParameters(number(vector, "d"), curve.domain()));
  }

  private static BigInteger number(JsonNode vector, String member) {
    return new BigInteger(1, bytes(vector, member));
  }

  private static byte[] bytes(JsonNode vector, String member) {
    return Base64.getUrlDecoder().decode(vector.get(member).asText());
  }
}
