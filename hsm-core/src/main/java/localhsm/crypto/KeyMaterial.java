package localhsm.crypto;

import localhsm.problem.Problems;
import localhsm.secret.SecretBytes;

/**
 * The material of one key version: read once, ready for use. What a key can do belongs to the
 * algorithms, so no family throws "unsupported".
 */
public sealed interface KeyMaterial permits RsaMaterial, EcMaterial, OctMaterial {

  /** The family. */
  KeyType type();

  /** Size of the modulus, of the curve's field, or of the symmetric key. */
  int bits();

  /** What to ask a generator for to get another key of this kind. */
  KeyParameters parameters();

  /**
   * The private key as PKCS#8 DER (RFC 5958), with the public part inside; a symmetric key as its
   * bytes. The caller closes it.
   */
  SecretBytes encoded();

  /**
   * Reads what {@link #encoded} wrote, or another PKCS#8 encoding of a key that the HSM can hold.
   * Stored keys were checked when they came in, so what is costly is not checked again: that the
   * primes of an RSA key are prime.
   *
   * @param providers whose engines will use the key
   * @throws IllegalArgumentException when the bytes are not such a key
   */
  static KeyMaterial decode(KeyType type, SecretBytes encoded, Providers providers) {
    return type.decode(encoded);
  }

  /**
   * A symmetric key from outside, copied.
   *
   * @throws localhsm.problem.ProblemException when it has not 128, 192 or 256 bits
   */
  static KeyMaterial symmetric(SecretBytes bytes) {
    return OctMaterial.imported(bytes);
  }

  /**
   * A key that came wrapped from outside: PKCS#8 DER, or the bytes of a symmetric key. Everything
   * about it is checked.
   *
   * @throws localhsm.problem.ProblemException when it is not a key of that type which the HSM takes
   */
  static KeyMaterial transferred(KeyType type, SecretBytes plaintext) {
    try {
      return type.transferred(plaintext);
    } catch (IllegalArgumentException e) {
      throw Problems.badParameter(
          "The transferred key is not a valid " + type.plainName() + " key.");
    }
  }
}
