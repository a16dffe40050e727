package localhsm.server.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.RSAPrivateKeySpec;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;
import localhsm.server.app.Wire.Answer;

/** Every operation of the keys API over TLS, one after the other, as the raw requests they are. */
final class KeysApiWalk {
  private static final String VERSION = "?api-version=2026-04-01";
  private static final String EC = "{\"kty\":\"EC-HSM\",\"crv\":\"P-256\"}";
  private static final byte[] KNOWN = new byte[32];

  private final Wire wire;
  private final String token;

  KeysApiWalk(Wire wire, String token) {
    this.wire = wire;
    this.token = token;
  }

  /** Each operation once or more. */
  void everything() throws Exception {
    createsReadsAndUpdates();
    listsKeysAndVersions();
    imports();
    signsAndVerifies();
    encryptsAndWraps();
    deletesRecoversAndPurges();
    backsUpAndRestores();
    rotates();
    givesRandomBytes();
    releases();
    wrapsSecurely();
    attests();
  }

  void createsReadsAndUpdates() {
    String id = kid(post("/keys/walk/create", EC));
    assertThat(kid(get("/keys/walk"))).isEqualTo(id);
    JsonNode updated = ok("PATCH", "/keys/walk", "{\"tags\":{\"a\":\"b\"}}");
    assertThat(kid(updated)).isEqualTo(id);
    assertThat(updated.at("/tags/a").asText()).isEqualTo("b");
  }

  void listsKeysAndVersions() {
    String first = kid(post("/keys/listed/create", EC));
    String second = kid(post("/keys/listed/create", EC));
    assertThat(get("/keys").get("value").findValuesAsText("kid"))
        .contains(first.substring(0, first.lastIndexOf('/')));
    assertThat(get("/keys/listed/versions").get("value").findValuesAsText("kid"))
        .containsExactly(first, second);
  }

  void imports() {
    JsonNode key = importOct("imported");
    assertThat(key.at("/key/kty").asText()).isEqualTo("oct-HSM");
    assertThat(key.at("/attributes/key_size").asInt()).isEqualTo(256);
  }

  void signsAndVerifies() throws GeneralSecurityException {
    JsonNode key = post("/keys/signing/create", EC).get("key");
    String request = PublicKeys.signRequest(key);
    String signature = post("/keys/signing/sign", request).get("value").asText();
    assertThat(PublicKeys.verify(key, signature)).isTrue();
    String verify =
        request
            .replace("\"value\"", "\"digest\"")
            .replace("}", ",\"value\":\"" + signature + "\"}");
    assertThat(post("/keys/signing/verify", verify).get("value").asBoolean()).isTrue();
  }

  void encryptsAndWraps() {
    importOct("sealing");
    JsonNode sealed =
        post("/keys/sealing/encrypt", "{\"alg\":\"A256GCM\",\"value\":\"AAECAw\",\"aad\":\"BAU\"}");
    String back =
        "{\"alg\":\"A256GCM\",\"value\":\"%s\",\"iv\":\"%s\",\"tag\":\"%s\",\"aad\":\"BAU\"}"
            .formatted(text(sealed, "value"), text(sealed, "iv"), text(sealed, "tag"));
    assertThat(text(post("/keys/sealing/decrypt", back), "value")).isEqualTo("AAECAw");
    String target = base64url(new byte[16]);
    String wrapped = text(post("/keys/sealing/wrapkey", use("A256KW", target)), "value");
    assertThat(text(post("/keys/sealing/unwrapkey", use("A256KW", wrapped)), "value"))
        .isEqualTo(target);
  }

  void deletesRecoversAndPurges() {
    String id = kid(post("/keys/lost/create", EC));
    JsonNode deleted = ok("DELETE", "/keys/lost", "");
    assertThat(get("/deletedkeys/lost")).isEqualTo(deleted);
    assertThat(get("/deletedkeys").get("value").findValuesAsText("recoveryId"))
        .contains(text(deleted, "recoveryId"));
    assertThat(kid(post("/deletedkeys/lost/recover", ""))).isEqualTo(id);
    ok("DELETE", "/keys/lost", "");
    assertThat(send("DELETE", "/deletedkeys/lost", "").status()).isEqualTo(204);
    assertThat(send("GET", "/deletedkeys/lost", "").status()).isEqualTo(404);
  }

  void backsUpAndRestores() {
    JsonNode key = post("/keys/kept/create", EC);
    String blob = text(post("/keys/kept/backup", ""), "value");
    ok("DELETE", "/keys/kept", "");
    send("DELETE", "/deletedkeys/kept", "");
    JsonNode restored = post("/keys/restore", "{\"value\":\"" + blob + "\"}");
    assertThat(restored).isEqualTo(key);
  }

  void rotates() {
    String first = kid(post("/keys/turning/create", EC));
    JsonNode policy =
        ok(
            "PUT",
            "/keys/turning/rotationpolicy",
            "{\"lifetimeActions\":[{\"trigger\":{\"timeAfterCreate\":\"P30D\"},"
                + "\"action\":{\"type\":\"rotate\"}}],\"attributes\":{\"expiryTime\":\"P90D\"}}");
    assertThat(get("/keys/turning/rotationpolicy")).isEqualTo(policy);
    assertThat(kid(post("/keys/turning/rotate", ""))).isNotEqualTo(first);
  }

  void givesRandomBytes() {
    String value = text(post("/rng", "{\"count\":32}"), "value");
    assertThat(Base64.getUrlDecoder().decode(value)).hasSize(32);
  }

  void releases() {
    String policy =
        base64url(
            ("{\"version\":\"1.0.0\",\"anyOf\":[{\"authority\":\""
                    + attestationIssuer()
                    + "\",\"allOf\":[{\"claim\":\"good\",\"equals\":true}]}]}")
                .getBytes(UTF_8));
    post(
        "/keys/leaving/create",
        "{\"kty\":\"RSA\",\"attributes\":{\"exportable\":true},\"release_policy\":{\"data\":\""
            + policy
            + "\"}}");
    String value =
        text(
            post("/keys/leaving/release", "{\"target\":\"" + text(attested(), "token") + "\"}"),
            "value");
    assertThat(value.split("\\.", -1)).hasSize(3);
  }

  /** The wrapping key is known here, so that the key that nobody sees is seen. */
  void wrapsSecurely() throws Exception {
    importOct("guarding");
    JsonNode wrapped = post("/keys/guarding/securewrapkey", "{\"alg\":\"A256KW\"}");
    assertThat(text(wrapped, "alg")).isEqualTo("A256KW");
    Cipher kek = Cipher.getInstance("AESWrap");
    kek.init(Cipher.UNWRAP_MODE, new SecretKeySpec(KNOWN, "AES"));
    Key secret = kek.unwrap(bytes(wrapped, "value"), "AES", Cipher.SECRET_KEY);

    JsonNode attested = attested();
    JsonNode unwrapped =
        post(
            "/keys/guarding/secureunwrapkey",
            "{\"alg\":\"A256KW\",\"value\":\"%s\",\"target\":\"%s\"}"
                .formatted(text(wrapped, "value"), text(attested, "token")));
    assertThat(text(unwrapped, "kid")).isEqualTo(text(wrapped, "kid"));
    assertThat(decrypt(attested.get("privateKey"), bytes(unwrapped, "value")))
        .isEqualTo(secret.getEncoded());
  }

  /** RSA-OAEP-256 by the JDK. */
  private static byte[] decrypt(JsonNode jwk, byte[] ciphertext) throws GeneralSecurityException {
    PrivateKey key =
        KeyFactory.getInstance("RSA")
            .generatePrivate(
                new RSAPrivateKeySpec(
                    new BigInteger(1, bytes(jwk, "n")), new BigInteger(1, bytes(jwk, "d"))));
    Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
    cipher.init(
        Cipher.DECRYPT_MODE,
        key,
        new OAEPParameterSpec(
            "SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT));
    return cipher.doFinal(ciphertext);
  }

  void attests() {
    post("/keys/attested/create", EC);
    assertThat(get("/keys/attested/attestation").at("/attributes/attestation/version").asText())
        .isNotEmpty();
  }

  private String attestationIssuer() {
    return wire.send("GET", "/_localhsm/attestation/.well-known/openid-configuration", "", "")
        .json()
        .get("issuer")
        .asText();
  }

  private JsonNode attested() {
    return wire.send(
            "POST",
            "/_localhsm/attestation/mint",
            "Localhsm-Lab: 1\r\n",
            "{\"claims\":{\"good\":true}}")
        .json();
  }

  private JsonNode importOct(String name) {
    String body = "{\"key\":{\"kty\":\"oct\",\"k\":\"" + base64url(KNOWN) + "\"}}";
    return ok("PUT", "/keys/" + name, body);
  }

  private static String use(String alg, String value) {
    return "{\"alg\":\"" + alg + "\",\"value\":\"" + value + "\"}";
  }

  private JsonNode get(String path) {
    return ok("GET", path, "");
  }

  private JsonNode post(String path, String body) {
    return ok("POST", path, body);
  }

  private JsonNode ok(String verb, String path, String body) {
    Answer answer = send(verb, path, body);
    assertThat(answer.status()).as("%s %s: %s", verb, path, answer.body()).isEqualTo(200);
    return answer.json();
  }

  private Answer send(String verb, String path, String body) {
    return wire.as(token, verb, path + VERSION, body);
  }

  private static String kid(JsonNode bundle) {
    return bundle.at("/key/kid").asText();
  }

  private static String text(JsonNode object, String member) {
    return object.get(member).asText();
  }

  private static byte[] bytes(JsonNode object, String member) {
    return Base64.getUrlDecoder().decode(text(object, member));
  }

  private static String base64url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
