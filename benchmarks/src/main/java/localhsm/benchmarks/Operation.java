package localhsm.benchmarks;

import java.util.Base64;
import java.util.Locale;
import java.util.function.Supplier;
import localhsm.crypto.KeyMaterial;
import localhsm.crypto.Providers;

/** What is measured: one operation of the keys API with one algorithm, on values of 32 bytes. */
public enum Operation {
  RS256_SIGN("RS256", Act.SIGN, Key.RSA),
  PS256_SIGN("PS256", Act.SIGN, Key.RSA),
  ES256_SIGN("ES256", Act.SIGN, Key.P_256),
  ES256K_SIGN("ES256K", Act.SIGN, Key.P_256K),
  RSA_OAEP_256_WRAP("RSA-OAEP-256", Act.WRAPKEY, Key.RSA),
  RSA_OAEP_256_UNWRAP("RSA-OAEP-256", Act.UNWRAPKEY, Key.RSA),
  A256KW_WRAP("A256KW", Act.WRAPKEY, Key.OCT),
  A256GCM_ENCRYPT("A256GCM", Act.ENCRYPT, Key.OCT);

  private final String algorithm;
  private final Act act;
  private final Key key;

  private enum Key {
    RSA("{\"kty\":\"RSA-HSM\",\"key_size\":2048}"),
    P_256("{\"kty\":\"EC-HSM\",\"crv\":\"P-256\"}"),
    P_256K("{\"kty\":\"EC-HSM\",\"crv\":\"P-256K\"}"),
    OCT("{\"kty\":\"oct-HSM\",\"key_size\":256}");

    private final String json;

    Key(String json) {
      this.json = json;
    }
  }

  /**
   * An operation on a key that was made for it.
   *
   * @param bare the primitive alone
   * @param path where the request goes
   * @param json what it holds
   */
  record Prepared(Supplier<Object> bare, String path, String json) {}

  Operation(String algorithm, Act act, Key key) {
    this.algorithm = algorithm;
    this.act = act;
    this.key = key;
  }

  /** How a table names it. */
  String label() {
    return algorithm + " " + act.verb();
  }

  /** Makes a key in the HSM, named after the constant. */
  Prepared prepare(Hsm hsm) {
    String keyName = name().toLowerCase(Locale.ROOT).replace('_', '-');
    KeyMaterial material = hsm.create(keyName, key.json);
    Providers providers = hsm.providers();
    byte[] value = act.value(algorithm, material, providers);
    String json =
        "{\"alg\":\""
            + algorithm
            + "\",\"value\":\""
            + Base64.getUrlEncoder().withoutPadding().encodeToString(value)
            + "\"}";
    return new Prepared(
        act.bare(algorithm, material, value, providers),
        "/keys/" + keyName + "/" + act.verb(),
        json);
  }
}
