package localhsm.server.keys;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.function.Supplier;
import localhsm.crypto.KeyMaterial;
import localhsm.crypto.KeyParameters;
import localhsm.crypto.RsaMaterial;
import localhsm.server.json.JsonBody;
import localhsm.server.json.JsonObject;

/** RSA keys (RFC 7518 6.3). */
final class RsaJson implements FamilyJson {

  @Override
  public KeyParameters parameters(JsonBody body) {
    OptionalInt exponent = body.integer("public_exponent");
    boolean given = exponent.isPresent() && exponent.getAsInt() != 0;
    return new KeyParameters.Rsa(
        body.integer("key_size").orElse(KeyParameters.Rsa.DEFAULT_BITS),
        given ? exponent.getAsInt() : KeyParameters.Rsa.DEFAULT_EXPONENT);
  }

  @Override
  public Supplier<KeyMaterial> material(JsonBody jwk) {
    RsaMaterial.Components components =
        new RsaMaterial.Components(
            jwk.bytes("n"),
            jwk.bytes("e"),
            jwk.secret("d"),
            jwk.secret("p"),
            jwk.secret("q"),
            jwk.secret("dp"),
            jwk.secret("dq"),
            jwk.secret("qi"));
    return () -> {
      try (components) {
        return RsaMaterial.imported(components);
      }
    };
  }

  @Override
  public void put(KeyMaterial material, JsonObject jwk) {
    RsaMaterial rsa = (RsaMaterial) material;
    jwk.putBytes("e", unsigned(rsa.publicExponent())).putBytes("n", unsigned(rsa.modulus()));
  }

  /** Big-endian without a leading zero byte (RFC 7518 6.3.1). */
  private static byte[] unsigned(BigInteger value) {
    byte[] bytes = value.toByteArray();
    return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
  }
}
