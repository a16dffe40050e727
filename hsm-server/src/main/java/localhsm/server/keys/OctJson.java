package localhsm.server.keys;

import java.util.function.Supplier;
import localhsm.crypto.KeyMaterial;
import localhsm.crypto.KeyParameters;
import localhsm.secret.SecretBytes;
import localhsm.server.json.JsonBody;
import localhsm.server.json.JsonObject;

/** Symmetric keys (RFC 7518 6.4), which have no public member. */
final class OctJson implements FamilyJson {

  @Override
  public KeyParameters parameters(JsonBody body) {
    return new KeyParameters.Oct(body.integer("key_size").orElse(KeyParameters.Oct.DEFAULT_BITS));
  }

  @Override
  public Supplier<KeyMaterial> material(JsonBody jwk) {
    SecretBytes k = jwk.secret("k");
    return () -> {
      try (k) {
        return KeyMaterial.symmetric(k);
      }
    };
  }

  @Override
  public void put(KeyMaterial material, JsonObject jwk) {}
}
