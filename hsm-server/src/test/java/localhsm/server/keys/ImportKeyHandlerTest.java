package localhsm.server.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import localhsm.problem.Problem;
import localhsm.server.http.Verb;
import org.bouncycastle.util.BigIntegers;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImportKeyHandlerTest {
  private static final String OCT_128 = "AAECAwQFBgcICQoLDA0ODw";

  private final KeysApi api = new KeysApi();

  /** The private JSON web key of an RSA key that the JDK made. */
  static Map<String, String> rsa() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    RSAPrivateCrtKey key = (RSAPrivateCrtKey) generator.generateKeyPair().getPrivate();
    Map<String, String> jwk = new LinkedHashMap<>();
    jwk.put("kty", "RSA");
    jwk.put("n", number(key.getModulus()));
    jwk.put("e", number(key.getPublicExponent()));
    jwk.put("d", number(key.getPrivateExponent()));
    jwk.put("p", number(key.getPrimeP()));
    jwk.put("q", number(key.getPrimeQ()));
    jwk.put("dp", number(key.getPrimeExponentP()));
    jwk.put("dq", number(key.getPrimeExponentQ()));
    jwk.put("qi", number(key.getCrtCoefficient()));
    return jwk;
  }

  static Map<String, String> ec(KeyPair pair) {
    ECPublicKey open = (ECPublicKey) pair.getPublic();
    Map<String, String> jwk = new LinkedHashMap<>();
    jwk.put("kty", "EC");
    jwk.put("crv", "P-256");
    jwk.put("x", coordinate(open.getW().getAffineX()));
    jwk.put("y", coordinate(open.getW().getAffineY()));
    jwk.put("d", coordinate(((ECPrivateKey) pair.getPrivate()).getS()));
    return jwk;
  }

  static KeyPair p256() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private static String number(BigInteger value) {
    // With the sign byte that some clients leave in front.
    return KeysApi.base64Url(value.toByteArray());
  }

  private static String coordinate(BigInteger value) {
    return KeysApi.base64Url(BigIntegers.asUnsignedByteArray(32, value));
  }

  static String body(Map<String, String> jwk) {
    return jwk.entrySet().stream()
        .map(member -> "\"" + member.getKey() + "\":\"" + member.getValue() + "\"")
        .collect(Collectors.joining(",", "{\"key\":{", "}}"));
  }

  private Problem refusal(String json) {
    return api.refusal(Verb.PUT, "/keys/a", json);
  }

  @Nested
  class AKeyInTheClear {
    @Test
    void ofRsaIsAnsweredByItsPublicPart() throws Exception {
      Map<String, String> jwk = rsa();
      String json = api.put("/keys/a", body(jwk));
      byte[] modulus =
          BigIntegers.asUnsignedByteArray(
              new BigInteger(1, Base64.getUrlDecoder().decode(jwk.get("n"))));
      assertThat(json)
          .startsWith(
              "{" + KeysApi.ATTRIBUTES + ",\"key\":{\"e\":\"AQAB\",\"key_ops\":[\"wrapKey\"")
          .endsWith("\"kty\":\"RSA-HSM\",\"n\":\"" + KeysApi.base64Url(modulus) + "\"}}");
      assertThat(api.get("/keys/a")).isEqualTo(json);
    }

    @Test
    void ofACurveSignsWhatItsOwnerVerifies() throws Exception {
      KeyPair pair = p256();
      Map<String, String> jwk = ec(pair);
      String json = api.put("/keys/a", body(jwk));
      assertThat(json)
          .contains("{\"crv\":\"P-256\",\"key_ops\":[\"sign\",\"verify\"],\"kid\":")
          .contains("\"kty\":\"EC-HSM\",\"x\":\"" + jwk.get("x") + "\",\"y\":\"" + jwk.get("y"));
      String signature =
          SignHandlerTest.valueOf(
              api.post(
                  "/keys/a/sign",
                  "{\"alg\":\"ES256\",\"value\":\"" + SignHandlerTest.digest() + "\"}"));
      Signature jdk = Signature.getInstance("SHA256withECDSAinP1363Format");
      jdk.initVerify(pair.getPublic());
      jdk.update(SignHandlerTest.MESSAGE);
      assertThat(jdk.verify(Base64.getUrlDecoder().decode(signature))).isTrue();
    }

    @Test
    void thatIsSymmetricShowsNothingOfItself() throws Exception {
      String json =
          api.put(
              "/keys/a",
              "{\"Hsm\":false,\"key\":{\"kty\":\"oct\",\"k\":\""
                  + OCT_128
                  + "\",\"key_ops\":[\"sign\"]},\"tags\":{\"a\":\"b\"},"
                  + "\"attributes\":{\"enabled\":true,\"exp\":253402300799}}");
      assertThat(json)
          .contains("\"key\":{\"key_ops\":[\"sign\"],\"kid\":\"" + KeysApi.BASE + "/keys/a/")
          .endsWith("\",\"kty\":\"oct-HSM\"},\"tags\":{\"a\":\"b\"}}")
          .contains("\"exp\":253402300799")
          .doesNotContain(OCT_128);
      String mac =
          SignHandlerTest.valueOf(
              api.post("/keys/a/sign?api-version=7.6", "{\"alg\":\"HS256\",\"value\":\"aHVzaA\"}"));
      Mac jdk = Mac.getInstance("HmacSHA256");
      jdk.init(new SecretKeySpec(Base64.getUrlDecoder().decode(OCT_128), "HmacSHA256"));
      assertThat(mac)
          .isEqualTo(KeysApi.base64Url(jdk.doFinal("hush".getBytes(StandardCharsets.US_ASCII))));
    }

    @Test
    void becomesTheLatestVersion() {
      api.ec("a");
      String json = api.put("/keys/A", "{\"key\":{\"kty\":\"oct\",\"k\":\"" + OCT_128 + "\"}}");
      assertThat(api.get("/keys/a")).isEqualTo(json);
      assertThat(ListKeysHandlerTest.kids(api.get("/keys/a/versions"))).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"n", "e", "d", "p", "q", "dp", "dq", "qi"})
    void ofRsaNeedsEveryMember(String member) throws Exception {
      Map<String, String> jwk = rsa();
      String value = jwk.getOrDefault(member, "");
      jwk.remove(member);
      assertThat(refusal(body(jwk)).message()).isEqualTo("Property " + member + " is required.");
      jwk.put(member, KeysApi.base64Url(new byte[] {3}));
      assertRefusedSilently(jwk, value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "y", "d"})
    void ofACurveNeedsEveryMember(String member) throws Exception {
      Map<String, String> jwk = ec(p256());
      String value = jwk.getOrDefault(member, "");
      jwk.remove(member);
      assertThat(refusal(body(jwk)).message()).isEqualTo("Property " + member + " is required.");
      jwk.put(member, ec(p256()).get(member));
      assertRefusedSilently(jwk, value);
    }

    private void assertRefusedSilently(Map<String, String> jwk, String removed) {
      Problem no = refusal(body(jwk));
      assertThat(no.kind()).isEqualTo(Problem.Kind.BAD_PARAMETER);
      assertThat(no.message()).doesNotContain(removed).doesNotContain(jwk.get("d"));
      assertThat(api.get("/keys")).isEqualTo("{\"value\":[]}");
    }

    @Test
    void ofAnotherSizeIsRefused() {
      assertThat(refusal("{\"key\":{\"kty\":\"oct\",\"k\":\"AAAA\"}}").message())
          .isEqualTo("Invalid key size: '24'");
    }
  }

  @Nested
  class ATransferFile {
    private static final String FILE =
        "{'schema_version':'1.0.0','header':{'kid':'%s','alg':'dir','enc':'CKM_RSA_AES_KEY_WRAP'},"
            + "'ciphertext':'AAAA','generator':'a tool'}";

    private String file(String kid) {
      return transfer(FILE.formatted(kid));
    }

    private String transfer(String file) {
      return "{\"key\":{\"kty\":\"oct-HSM\",\"key_hsm\":\""
          + KeysApi.base64Url(file.replace('\'', '"').getBytes(StandardCharsets.UTF_8))
          + "\"}}";
    }

    private byte[] wrapped(byte[] target, String kek) throws Exception {
      JsonNode key = new ObjectMapper().readTree(kek).get("key");
      PublicKey rsa =
          KeyFactory.getInstance("RSA")
              .generatePublic(
                  new RSAPublicKeySpec(
                      new BigInteger(1, Base64.getUrlDecoder().decode(key.get("n").asText())),
                      new BigInteger(1, Base64.getUrlDecoder().decode(key.get("e").asText()))));
      SecretKeySpec fresh = new SecretKeySpec(new byte[32], "AES");
      Cipher oaep = Cipher.getInstance("RSA/ECB/OAEPWithSHA-1AndMGF1Padding");
      oaep.init(Cipher.ENCRYPT_MODE, rsa);
      Cipher wrap = Cipher.getInstance("AES/KWP/NoPadding");
      wrap.init(Cipher.WRAP_MODE, fresh);
      byte[] first = oaep.doFinal(fresh.getEncoded());
      byte[] second = wrap.wrap(new SecretKeySpec(target, "RAW"));
      return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
    }

    @Test
    void bringsTheKeyThatWasWrapped() throws Exception {
      String kek = api.post("/keys/kek/create", "{\"kty\":\"RSA-HSM\",\"key_ops\":[\"import\"]}");
      byte[] target = "sixteen bytes of".getBytes(StandardCharsets.US_ASCII);
      String kid = kek.replaceAll(".*\"kid\":\"([^\"]*)\".*", "$1");
      String file = FILE.formatted(kid).replace("AAAA", KeysApi.base64Url(wrapped(target, kek)));
      assertThat(api.put("/keys/a", transfer(file))).contains("\"kty\":\"oct-HSM\"");
      String mac =
          SignHandlerTest.valueOf(
              api.post("/keys/a/sign?api-version=7.6", "{\"alg\":\"HS256\",\"value\":\"aHVzaA\"}"));
      Mac jdk = Mac.getInstance("HmacSHA256");
      jdk.init(new SecretKeySpec(target, "HmacSHA256"));
      assertThat(mac)
          .isEqualTo(KeysApi.base64Url(jdk.doFinal("hush".getBytes(StandardCharsets.US_ASCII))));
    }

    @Test
    void thatDoesNotUnwrapIsRefusedAsEveryFailedDecryption() {
      api.post("/keys/kek/create", "{\"kty\":\"RSA-HSM\",\"key_ops\":[\"import\"]}");
      assertThat(refusal(file("https://hsm1.managedhsm.azure.net/keys/KEK")).message())
          .isEqualTo("The parameter is incorrect.");
    }

    @Test
    void namesAKeyThatExistsAndMayImport() {
      assertThat(refusal(file(KeysApi.BASE + "/keys/nobody")).code()).isEqualTo("KeyNotFound");
      String kid = KeysApi.kid(api.rsa("b"));
      assertThat(refusal(file(kid)).innerCode()).contains("KeyOperationForbidden");
    }

    @Test
    void isRefusedUnlessItIsOne() {
      String good = FILE.formatted(KeysApi.BASE + "/keys/kek");
      for (String wrong :
          new String[] {
            "",
            "[]",
            "{",
            "{}",
            good.replace("'1.0.0'", "'2.0.0'"),
            good.replace("'1.0.0'", "1"),
            good.replace("'dir'", "'RSA-OAEP'"),
            good.replace("CKM_RSA_AES_KEY_WRAP", "RSA_AES_KEY_WRAP_256"),
            good.replace("'header'", "'head'"),
            good.replace("'ciphertext'", "'text'"),
            good.replace("'AAAA'", "'A'"),
            FILE.formatted(""),
            FILE.formatted("kek"),
            FILE.formatted(KeysApi.BASE + "/secrets/kek"),
            FILE.formatted(KeysApi.BASE + "/keys/a_b"),
            FILE.formatted(KeysApi.BASE + "/keys/a/b"),
            FILE.formatted("http://hsm1/keys/kek")
          }) {
        assertThat(refusal(transfer(wrong)).kind()).as(wrong).isEqualTo(Problem.Kind.BAD_PARAMETER);
      }
    }
  }
}
