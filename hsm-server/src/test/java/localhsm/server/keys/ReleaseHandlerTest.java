package localhsm.server.keys;

import static localhsm.server.keys.ReleaseApi.bytes;
import static localhsm.server.keys.ReleaseApi.json;
import static localhsm.server.keys.ReleaseApi.object;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;
import localhsm.crypto.KeyParameters;
import localhsm.crypto.RsaMaterial;
import localhsm.keys.FoundKey;
import localhsm.problem.Problem;
import localhsm.problem.Problems;
import localhsm.server.http.TestRequests;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReleaseHandlerTest {
  private static final String V = "?api-version=7.5";
  private static final KeyParameters RSA = new KeyParameters.Rsa(2048, 65537);

  @TempDir Path folder;
  private ReleaseApi api;

  @BeforeEach
  void open() {
    api = new ReleaseApi(folder);
  }

  /** The signed payload, after the JDK has checked chain and signature. */
  private Map<String, Object> payload(Map<String, Object> answer) throws Exception {
    String[] parts = ReleaseApi.text(answer, "value").split("\\.", -1);
    assertThat(parts).hasSize(3);
    Map<String, Object> header = json(bytes(parts[0]));
    List<X509Certificate> chain =
        ReleaseApi.certificates(
            ((List<?>) Objects.requireNonNull(header.get("x5c")))
                .stream().map(der -> Base64.getDecoder().decode((String) der)));
    X509Certificate signer = api.trusted(chain);
    String thumbprint =
        KeysApi.base64Url(MessageDigest.getInstance("SHA-256").digest(signer.getEncoded()));
    assertThat(header)
        .containsOnlyKeys("alg", "kid", "x5c", "x5t#S256")
        .containsEntry("alg", "RS256")
        .containsEntry("kid", thumbprint)
        .containsEntry("x5t#S256", thumbprint);
    byte[] content = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
    assertThat(ReleaseApi.signed(signer, content, bytes(parts[2]))).isTrue();
    return json(bytes(parts[1]));
  }

  private byte[] unwrapped(String hash, byte[] blob) throws Exception {
    Cipher oaep = Cipher.getInstance("RSA/ECB/OAEPPadding");
    oaep.init(
        Cipher.DECRYPT_MODE,
        api.forge.environment.getPrivate(),
        new OAEPParameterSpec(
            hash, "MGF1", new MGF1ParameterSpec(hash), PSource.PSpecified.DEFAULT));
    Key aes = new SecretKeySpec(oaep.doFinal(Arrays.copyOf(blob, 256)), "AES");
    Cipher wrap = Cipher.getInstance("AES/KWP/NoPadding");
    wrap.init(Cipher.UNWRAP_MODE, aes);
    return wrap.unwrap(Arrays.copyOfRange(blob, 256, blob.length), "any", Cipher.SECRET_KEY)
        .getEncoded();
  }

  @Nested
  class ARelease {
    @Test
    void isSignedAndHoldsTheKeyForTheEnvironmentAlone() throws Exception {
      FoundKey key = api.create("k", RSA, true);
      Map<String, Object> payload =
          payload(api.post("/keys/k/release" + V, Map.of("target", api.token(), "nonce", "n-1")));
      String kid = KeysApi.kid(key);
      assertThat(payload).containsOnlyKeys("request", "response");
      assertThat(object(payload, "request"))
          .isEqualTo(
              Map.of(
                  "api-version", "7.5",
                  "enc", "CKM_RSA_AES_KEY_WRAP",
                  "kid", TestRequests.BASE + "/keys/k",
                  "nonce", "n-1"));
      Map<String, Object> bundle = object(payload, "response", "key");
      assertThat(bundle).containsOnlyKeys("attributes", "key", "release_policy", "tags");
      assertThat(object(bundle, "attributes")).containsEntry("exportable", true);
      assertThat(bytes(object(bundle, "release_policy"), "data")).asString().contains("1.0.0");
      Map<String, Object> jwk = object(bundle, "key");
      assertThat(jwk).containsEntry("kty", "RSA").containsEntry("kid", kid);
      Map<String, Object> wrapped = json(bytes(jwk, "key_hsm"));
      assertThat(wrapped)
          .containsOnlyKeys("ciphertext", "header", "schema_version")
          .containsEntry("schema_version", "1.0")
          .containsEntry(
              "header", Map.of("alg", "dir", "enc", "CKM_RSA_AES_KEY_WRAP", "kid", "env"));
      RSAPrivateCrtKey outside =
          (RSAPrivateCrtKey)
              KeyFactory.getInstance("RSA")
                  .generatePrivate(
                      new PKCS8EncodedKeySpec(unwrapped("SHA-1", bytes(wrapped, "ciphertext"))));
      assertThat(outside.getModulus())
          .isEqualTo(((RsaMaterial) key.version().material()).modulus());
    }

    @ParameterizedTest
    @CsvSource({
      "CKM_RSA_AES_KEY_WRAP,SHA-1",
      "RSA_AES_KEY_WRAP_256,SHA-256",
      "RSA_AES_KEY_WRAP_384,SHA-384"
    })
    void wrapsAsAsked(String enc, String hash) throws Exception {
      api.create("k", new KeyParameters.Oct(256), true);
      Map<String, Object> payload =
          payload(api.post("/keys/k/release" + V, Map.of("target", api.token(), "enc", enc)));
      Map<String, Object> jwk = object(payload, "response", "key", "key");
      Map<String, Object> wrapped = json(bytes(jwk, "key_hsm"));
      assertThat(object(payload, "request")).containsEntry("enc", enc).doesNotContainKey("nonce");
      assertThat(object(wrapped, "header")).containsEntry("enc", enc);
      assertThat(jwk).containsEntry("kty", "oct");
      assertThat(unwrapped(hash, bytes(wrapped, "ciphertext"))).hasSize(32);
    }

    @Test
    void namesTheVersionWhenTheRequestDid() throws Exception {
      FoundKey key = api.create("k", new KeyParameters.Oct(128), true);
      api.create("k", new KeyParameters.Oct(128), true);
      String path = "/keys/" + key.id().path() + "/release" + V;
      Map<String, Object> payload = payload(api.post(path, Map.of("target", api.token())));
      assertThat(object(payload, "request")).containsEntry("kid", KeysApi.kid(key));
      assertThat(object(payload, "response", "key", "key")).containsEntry("kid", KeysApi.kid(key));
    }
  }

  @Nested
  class ARefusal {
    private final Problem refused = Problems.releaseRefused().problem();

    @Test
    void meetsWhoeverThePolicyDoesNotAdmit() {
      api.create("k", RSA, true);
      String other = api.forge.token(api.forge.claims().replace("sevsnpvm", "sgx"));
      assertThat(api.refusal("/keys/k/release" + V, Map.of("target", other))).isEqualTo(refused);
    }

    @Test
    void meetsATokenThatIsNotBelieved() {
      api.create("k", RSA, true);
      String foreign = api.forge.token(api.forge.claims().replace("attest.", "evil."));
      assertThat(api.refusal("/keys/k/release" + V, Map.of("target", foreign))).isEqualTo(refused);
    }

    @Test
    void meetsAKeyThatMustNotLeave() {
      api.create("k", RSA, false);
      assertThat(api.refusal("/keys/k/release" + V, Map.of("target", api.token())))
          .isEqualTo(refused);
    }

    @Test
    void meetsAKeyThatIsNotThere() {
      assertThat(api.refusal("/keys/k/release" + V, Map.of("target", api.token())).code())
          .isEqualTo("KeyNotFound");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "a.b.c"})
    void callsWhatIsNoTokenABadParameter(String target) {
      api.create("k", RSA, true);
      assertThat(api.refusal("/keys/k/release" + V, Map.of("target", target)).code())
          .isEqualTo("BadParameter");
    }

    @Test
    void callsMissingAndUnknownMembersBadParameters() {
      api.create("k", RSA, true);
      assertThat(api.refusal("/keys/k/release" + V, Map.of()).message()).contains("target");
      assertThat(
              api.refusal("/keys/k/release" + V, Map.of("target", api.token(), "enc", "RSA_OAEP"))
                  .message())
          .contains("enc");
    }

    @Test
    void meetsAnApiVersionBeforeReleases() {
      api.create("k", RSA, true);
      assertThat(
              api.refusal("/keys/k/release?api-version=7.2", Map.of("target", api.token())).code())
          .isEqualTo("BadParameter");
    }
  }
}
