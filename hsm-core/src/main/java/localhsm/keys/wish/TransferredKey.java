package localhsm.keys.wish;

import localhsm.crypto.KeyType;
import localhsm.id.KeyId;
import localhsm.id.KeyName;

/**
 * The wish for a key, or a new version of one, whose material comes wrapped for this HSM ("bring
 * your own key").
 *
 * @param kek the key exchange key that unwraps it
 * @param type what must come out
 * @param ciphertext wrapped by {@code CKM_RSA_AES_KEY_WRAP}
 */
public record TransferredKey(
    KeyName name, KeyId kek, KeyType type, byte[] ciphertext, KeySettings settings) {}
