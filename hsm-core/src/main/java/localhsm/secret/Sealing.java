package localhsm.secret;

import java.security.Provider;
import java.security.SecureRandom;

/**
 * What sealing needs from outside.
 *
 * @param provider the JCE provider of AES-GCM and HMAC
 * @param random the source of nonces and fresh keys
 */
public record Sealing(Provider provider, SecureRandom random) {

  /** Encrypts with the given key; the key stays the caller's and is copied. */
  public Sealer sealer(SecretBytes key) {
    return new Sealer(key, this);
  }

  /** Hashes with the given key; the key stays the caller's and is copied. */
  public KeyedHash hash(SecretBytes key) {
    return new KeyedHash(key, provider);
  }
}
