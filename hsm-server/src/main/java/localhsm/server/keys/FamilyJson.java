package localhsm.server.keys;

import java.util.function.Supplier;
import localhsm.crypto.KeyMaterial;
import localhsm.crypto.KeyParameters;
import localhsm.crypto.KeyType;
import localhsm.problem.Problems;
import localhsm.server.json.JsonBody;
import localhsm.server.json.JsonObject;
import localhsm.server.pipeline.Exchange;

/** The JSON of one family of keys: what requests say of them, and the public part in answers. */
interface FamilyJson {

  /** The one place that chooses by type. */
  static FamilyJson of(KeyType type) {
    return switch (type) {
      case RSA -> new RsaJson();
      case EC -> new EcJson();
      case OCT -> new OctJson();
    };
  }

  /**
   * Reads the {@code kty} of a create request or a JSON web key.
   *
   * @throws localhsm.problem.ProblemException when the asked api-version has no such type
   */
  static KeyType type(Exchange exchange, JsonBody body) {
    String kty = body.text("kty");
    return KeyType.fromWire(kty)
        .filter(type -> type != KeyType.OCT || Feature.SYMMETRIC_KEYS.in(exchange))
        .orElseThrow(() -> Problems.invalidKeyType(kty));
  }

  /** What a create request asks for. */
  KeyParameters parameters(JsonBody body);

  /**
   * The private JSON web key of an import (RFC 7518 6), read now; checking it takes time and is
   * left to the supplier.
   */
  Supplier<KeyMaterial> material(JsonBody jwk);

  /** Puts the public members into a JSON web key. */
  void put(KeyMaterial material, JsonObject jwk);
}
