package localhsm.server.keys;

import java.util.Optional;
import localhsm.crypto.TransferMechanism;
import localhsm.keys.release.KeyRelease;
import localhsm.problem.Problems;
import localhsm.server.json.JsonBody;
import localhsm.server.json.JsonObject;
import localhsm.server.pipeline.ApiVersion;
import localhsm.server.pipeline.Exchange;

/**
 * The JSON of a release: what is asked, and what is signed in answer.
 *
 * @param target an attestation token
 */
record ReleaseJson(String target, TransferMechanism mechanism, Optional<String> nonce) {

  static ReleaseJson read(JsonBody body) {
    return new ReleaseJson(
        body.text("target"),
        body.optionalText("enc")
            .map(ReleaseJson::mechanism)
            .orElse(TransferMechanism.CKM_RSA_AES_KEY_WRAP),
        body.optionalText("nonce"));
  }

  private static TransferMechanism mechanism(String enc) {
    return TransferMechanism.fromWire(enc)
        .orElseThrow(() -> Problems.badParameter("Property enc names no supported mechanism."));
  }

  /** What the HSM signs: the request with the id as it was addressed, and the key. */
  byte[] payload(Exchange exchange, KeyJson json, KeyRelease.Released released) {
    JsonObject request =
        new JsonObject()
            .put("api-version", exchange.routed().version().map(ApiVersion::wireName).orElseThrow())
            .put("enc", mechanism.wireName())
            .put("kid", KeyJson.url(exchange, exchange.routed().keyId()));
    nonce.ifPresent(given -> request.put("nonce", given));
    JsonObject bundle = json.released(exchange, released.key(), wrapped(released));
    return new JsonObject()
        .put("request", request)
        .put("response", new JsonObject().put("key", bundle))
        .bytes();
  }

  private byte[] wrapped(KeyRelease.Released released) {
    JsonObject header =
        new JsonObject()
            .put("alg", "dir")
            .put("enc", mechanism.wireName())
            .put("kid", released.target().kid());
    return new JsonObject()
        .putBytes("ciphertext", released.ciphertext())
        .put("header", header)
        .put("schema_version", "1.0")
        .bytes();
  }

  static byte[] answer(String jws) {
    return new JsonObject().put("value", jws).bytes();
  }
}
