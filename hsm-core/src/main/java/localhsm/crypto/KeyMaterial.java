package localhsm.crypto;

import localhsm.secret.SecretBytes;

/**
 * The material of one key version: read once, ready for use. What a key can do belongs to the
 * algorithms, so no family throws "unsupported".
 */
public sealed interface KeyMaterial permits RsaMaterial, EcMaterial {

  /** The family. */
  KeyType type();

  /**
   * The private key as PKCS#8 DER (RFC 5958), with the public part inside. The caller closes it.
   */
  SecretBytes encoded();

  /**
   * Reads what {@link #encoded} wrote, or another PKCS#8 encoding of a key that the HSM can hold.
   *
   * @param providers whose engines will use the key
   * @throws IllegalArgumentException when the bytes are not such a key
   */
  static KeyMaterial decode(KeyType type, SecretBytes pkcs8, Providers providers) {
    return switch (type) {
      case RSA -> RsaMaterial.decode(pkcs8);
      case EC -> EcMaterial.decode(pkcs8);
    };
  }
}
