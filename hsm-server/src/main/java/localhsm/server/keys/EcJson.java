package localhsm.server.keys;

import java.util.Optional;
import java.util.function.Supplier;
import localhsm.crypto.Curve;
import localhsm.crypto.EcMaterial;
import localhsm.crypto.KeyMaterial;
import localhsm.crypto.KeyParameters;
import localhsm.problem.Problems;
import localhsm.secret.SecretBytes;
import localhsm.server.json.JsonBody;
import localhsm.server.json.JsonObject;

/** Elliptic curve keys (RFC 7518 6.2). */
final class EcJson implements FamilyJson {

  @Override
  public KeyParameters parameters(JsonBody body) {
    Optional<String> crv = body.optionalText("crv");
    return new KeyParameters.Ec(crv.map(EcJson::curve).orElse(Curve.P_256));
  }

  @Override
  public Supplier<KeyMaterial> material(JsonBody jwk) {
    Curve curve = curve(jwk.text("crv"));
    byte[] x = jwk.bytes("x");
    byte[] y = jwk.bytes("y");
    SecretBytes d = jwk.secret("d");
    return () -> {
      try (d) {
        return EcMaterial.imported(curve, x, y, d);
      }
    };
  }

  @Override
  public void put(KeyMaterial material, JsonObject jwk) {
    EcMaterial ec = (EcMaterial) material;
    jwk.put("crv", ec.curve().wireName()).putBytes("x", ec.x()).putBytes("y", ec.y());
  }

  static Curve curve(String crv) {
    return Curve.fromWire(crv)
        .orElseThrow(() -> Problems.badParameter("Property crv names no supported curve."));
  }
}
