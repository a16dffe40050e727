package localhsm.server.keys;

import localhsm.crypto.KeyType;
import localhsm.id.KeyName;
import localhsm.keys.wish.ImportedKey;
import localhsm.keys.wish.NewKey;
import localhsm.keys.wish.TransferredKey;
import localhsm.server.json.JsonBody;
import localhsm.server.pipeline.Exchange;

/** Reads the requests that make keys. */
final class WishJson {
  private static final String KEY = "key";

  private WishJson() {}

  static NewKey create(Exchange exchange, JsonBody body) {
    KeyType type = FamilyJson.type(exchange, body);
    return new NewKey(
        name(exchange),
        FamilyJson.of(type).parameters(body),
        SettingsJson.read(exchange, body, body));
  }

  /** Whether an import brings a transfer file and no key in the clear. */
  static boolean isTransfer(JsonBody body) {
    return body.requiredObject(KEY).has(TransferFileJson.MEMBER);
  }

  static ImportedKey imported(Exchange exchange, JsonBody body) {
    JsonBody jwk = body.requiredObject(KEY);
    KeyType type = FamilyJson.type(exchange, jwk);
    return new ImportedKey(
        name(exchange), FamilyJson.of(type).material(jwk), SettingsJson.read(exchange, body, jwk));
  }

  static TransferredKey transfer(Exchange exchange, JsonBody body) {
    JsonBody jwk = body.requiredObject(KEY);
    TransferFileJson file = TransferFileJson.read(jwk);
    return new TransferredKey(
        name(exchange),
        file.kek(),
        FamilyJson.type(exchange, jwk),
        jwk.optionalText("crv").map(EcJson::curve),
        file.ciphertext(),
        SettingsJson.read(exchange, body, jwk));
  }

  private static KeyName name(Exchange exchange) {
    return exchange.routed().keyId().name();
  }
}
