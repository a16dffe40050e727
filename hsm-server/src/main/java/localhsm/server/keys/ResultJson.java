package localhsm.server.keys;

import localhsm.crypto.CipherAlgorithm;
import localhsm.keys.KeyUse;
import localhsm.server.json.JsonBody;
import localhsm.server.json.JsonObject;
import localhsm.server.pipeline.Exchange;

/** The JSON of what is done with keys. */
final class ResultJson {
  private ResultJson() {}

  /** Reads what is to be encrypted, decrypted, wrapped or unwrapped. */
  static CipherAlgorithm.Input input(JsonBody body) {
    return new CipherAlgorithm.Input(
        body.bytes("value"),
        body.optionalBytes("iv"),
        body.optionalBytes("tag"),
        body.optionalBytes("aad"));
  }

  /** The result of encrypting, decrypting, wrapping or unwrapping, which names its algorithm. */
  static JsonObject cipher(
      Exchange exchange, CipherAlgorithm algorithm, KeyUse.Result<CipherAlgorithm.Output> result) {
    CipherAlgorithm.Output output = result.value();
    JsonObject json =
        new JsonObject()
            .put("alg", algorithm.wireName())
            .put("kid", KeyJson.url(exchange, result.key()))
            .putBytes("value", output.value());
    output.iv().ifPresent(iv -> json.putBytes("iv", iv));
    output.tag().ifPresent(tag -> json.putBytes("tag", tag));
    output.aad().ifPresent(aad -> json.putBytes("aad", aad));
    return json;
  }

  /** The result of secure wrapping or unwrapping. */
  static JsonObject secure(
      Exchange exchange, CipherAlgorithm algorithm, KeyUse.Result<byte[]> result) {
    return signature(exchange, result).put("alg", algorithm.wireName());
  }

  /** The result of a signature. */
  static JsonObject signature(Exchange exchange, KeyUse.Result<byte[]> result) {
    return new JsonObject()
        .put("kid", KeyJson.url(exchange, result.key()))
        .putBytes("value", result.value());
  }
}
