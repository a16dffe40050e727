package localhsm.crypto;

import static localhsm.crypto.TestKeys.PROVIDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import localhsm.problem.ProblemException;
import localhsm.problem.Problems;
import localhsm.secret.SecretBytes;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The cases of Project Wycheproof, each with its expected outcome inside. Its "acceptable" cases,
 * DigestInfos without the NULL that RFC 8017 wants, are refused.
 */
class WycheproofTest {

  @ParameterizedTest
  @CsvSource({
    "rsa_signature_2048_sha256_test.json, RS256, 259",
    "rsa_signature_2048_sha384_test.json, RS384, 258",
    "rsa_signature_2048_sha512_test.json, RS512, 259",
    "rsa_pss_2048_sha256_mgf1_32_test.json, PS256, 108",
    "ecdsa_secp256r1_sha256_p1363_test.json, ES256, 262"
  })
  void signaturesAreJudgedAsExpected(String file, SignAlgorithm algorithm, int cases)
      throws Exception {
    int seen = 0;
    for (JsonNode group : read(file).get("testGroups")) {
      KeyMaterial key = publicKey(group.get("publicKey"));
      for (JsonNode test : group.get("tests")) {
        byte[] digest =
            MessageDigest.getInstance(group.get("sha").asText()).digest(hex(test, "msg"));
        assertThat(algorithm.verify(key, digest, hex(test, "sig"), PROVIDERS))
            .as(test.toString())
            .isEqualTo(test.get("result").asText().equals("valid"));
        seen++;
      }
    }
    assertThat(seen).isEqualTo(cases);
  }

  @ParameterizedTest
  @CsvSource({
    "rsa_oaep_2048_sha1_mgf1sha1_test.json, RSA_OAEP, 36",
    "rsa_oaep_2048_sha256_mgf1sha256_test.json, RSA_OAEP_256, 37"
  })
  void ciphertextsAreJudgedAsExpected(String file, CipherAlgorithm algorithm, int cases)
      throws Exception {
    int seen = 0;
    for (JsonNode group : read(file).get("testGroups")) {
      SecretBytes pkcs8 = SecretBytes.owning(hex(group, "privateKeyPkcs8"));
      KeyMaterial key = KeyMaterial.decode(KeyType.RSA, pkcs8, PROVIDERS);
      for (JsonNode test : group.get("tests")) {
        // A label cannot be given, so a ciphertext made with one must not open.
        if (test.get("result").asText().equals("valid") && hex(test, "label").length == 0) {
          assertThat(algorithm.decrypt(key, input(test), PROVIDERS).value())
              .as(test.toString())
              .isEqualTo(hex(test, "msg"));
        } else {
          ProblemException refusal =
              catchThrowableOfType(
                  ProblemException.class, () -> algorithm.decrypt(key, input(test), PROVIDERS));
          assertThat(refusal.problem())
              .as(test.toString())
              .isEqualTo(Problems.decryptionFailed().problem());
        }
        seen++;
      }
    }
    assertThat(seen).isEqualTo(cases);
  }

  /** Wrapping 8 bytes is "acceptable" to RFC 3394 and NIST alike, and refused here. */
  @Test
  void wrappedKeysAreJudgedAsExpected() throws Exception {
    int seen = 0;
    for (JsonNode group : read("aes_wrap_test.json").get("testGroups")) {
      CipherAlgorithm algorithm = algorithm(group, "KW");
      for (JsonNode test : group.get("tests")) {
        for (Providers providers : TestKeys.everyChoice()) {
          boolean valid = test.get("result").asText().equals("valid");
          assertOpens(algorithm, test, input(test), valid, providers);
          if (valid) {
            CipherAlgorithm.Input plain = CipherAlgorithm.Input.of(hex(test, "msg"));
            assertThat(algorithm.encrypt(symmetric(test), plain, providers).value())
                .isEqualTo(hex(test, "ct"));
          }
        }
        seen++;
      }
    }
    assertThat(seen).isEqualTo(165);
  }

  /** Nonces of other lengths than 12 bytes, "valid" or not, are refused. */
  @Test
  void authenticatedCiphertextsAreJudgedAsExpected() throws Exception {
    int seen = 0;
    for (JsonNode group : read("aes_gcm_test.json").get("testGroups")) {
      assertThat(group.get("tagSize").asInt()).isEqualTo(128);
      boolean possible = group.get("ivSize").asInt() == 96;
      for (JsonNode test : group.get("tests")) {
        boolean valid = possible && test.get("result").asText().equals("valid");
        CipherAlgorithm.Input sealed =
            new CipherAlgorithm.Input(
                hex(test, "ct"),
                Optional.of(hex(test, "iv")),
                Optional.of(hex(test, "tag")),
                Optional.of(hex(test, "aad")));
        for (Providers providers : TestKeys.everyChoice()) {
          assertOpens(algorithm(group, "GCM"), test, sealed, valid, providers);
        }
        seen++;
      }
    }
    assertThat(seen).isEqualTo(316);
  }

  /** Truncated MACs, "valid" or not, are refused; there are no keys of 520 bits. */
  @Test
  void macsAreJudgedAsExpected() throws Exception {
    int seen = 0;
    for (JsonNode group : read("hmac_sha256_test.json").get("testGroups")) {
      boolean whole = group.get("tagSize").asInt() == 256;
      for (JsonNode test : group.get("tests")) {
        seen++;
        if (group.get("keySize").asInt() > 256) {
          continue;
        }
        boolean valid = whole && test.get("result").asText().equals("valid");
        for (Providers providers : TestKeys.everyChoice()) {
          assertThat(
                  SignAlgorithm.HS256.verify(
                      symmetric(test), hex(test, "msg"), hex(test, "tag"), providers))
              .as(test.toString())
              .isEqualTo(valid);
        }
      }
    }
    assertThat(seen).isEqualTo(174);
  }

  private static void assertOpens(
      CipherAlgorithm algorithm,
      JsonNode test,
      CipherAlgorithm.Input sealed,
      boolean valid,
      Providers providers) {
    KeyMaterial key = symmetric(test);
    if (valid) {
      assertThat(algorithm.decrypt(key, sealed, providers).value())
          .as(test.toString())
          .isEqualTo(hex(test, "msg"));
    } else {
      assertThat(TestKeys.refusal(() -> algorithm.decrypt(key, sealed, providers)))
          .as(test.toString())
          .isEqualTo(Problems.decryptionFailed().problem());
    }
  }

  private static CipherAlgorithm algorithm(JsonNode group, String mode) {
    return CipherAlgorithm.fromWire("A" + group.get("keySize").asInt() + mode).orElseThrow();
  }

  private static KeyMaterial symmetric(JsonNode test) {
    return KeyMaterial.symmetric(SecretBytes.owning(hex(test, "key")));
  }

  private static CipherAlgorithm.Input input(JsonNode test) {
    return CipherAlgorithm.Input.of(hex(test, "ct"));
  }

  private static KeyMaterial publicKey(JsonNode key) {
    if (key.has("modulus")) {
      return TestKeys.publicOnly(number(key, "modulus"), number(key, "publicExponent"));
    }
    return new EcMaterial(
        Curve.P_256,
        new ECPublicKeyParameters(
            Curve.P_256.domain().getCurve().createPoint(number(key, "wx"), number(key, "wy")),
            Curve.P_256.domain()),
        TestKeys.P_256.privateKey());
  }

  private static JsonNode read(String file) throws IOException {
    String folder = System.getProperty("localhsm.vectors", "");
    assumeFalse(folder.isEmpty(), "no folder of vectors");
    return new ObjectMapper().readTree(Path.of(folder, "wycheproof", file).toFile());
  }

  private static BigInteger number(JsonNode node, String member) {
    return new BigInteger(node.get(member).asText(), 16);
  }

  private static byte[] hex(JsonNode node, String member) {
    return HexFormat.of().parseHex(node.get(member).asText());
  }
}
