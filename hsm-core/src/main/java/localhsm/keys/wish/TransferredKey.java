package localhsm.keys.wish;

import java.util.Optional;
import localhsm.crypto.Curve;
import localhsm.crypto.EcMaterial;
import localhsm.crypto.KeyMaterial;
import localhsm.crypto.KeyType;
import localhsm.id.KeyId;
import localhsm.id.KeyName;

/**
 * The wish for a key, or a new version of one, whose material comes wrapped for this HSM ("bring
 * your own key").
 *
 * @param kek the key exchange key that unwraps it
 * @param type what must come out
 * @param curve the curve of what must come out, when the client names one
 * @param ciphertext wrapped by {@code CKM_RSA_AES_KEY_WRAP}
 */
public record TransferredKey(
    KeyName name,
    KeyId kek,
    KeyType type,
    Optional<Curve> curve,
    byte[] ciphertext,
    KeySettings settings) {

  /** Whether the material is what the client said it would be. */
  public boolean describes(KeyMaterial material) {
    return material.type() == type
        && curve
            .map(wanted -> material instanceof EcMaterial ec && ec.curve() == wanted)
            .orElse(true);
  }
}
