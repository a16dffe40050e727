package localhsm.crypto;

import java.util.Optional;
import localhsm.secret.SecretBytes;

/** The symmetric primitives of one implementation. */
interface OctEngine {
  /** Length of an AES block. */
  int BLOCK_BYTES = 16;

  /** Length of a tag of AES-GCM. */
  int TAG_BYTES = 16;

  /** AES-GCM; the tag follows the ciphertext. */
  byte[] seal(OctMaterial key, byte[] nonce, byte[] associated, byte[] plaintext);

  /** Reverses {@link #seal}; empty when any bit of anything differs. */
  Optional<SecretBytes> open(OctMaterial key, byte[] nonce, byte[] associated, byte[] sealed);

  /** AES-CBC over whole blocks. */
  byte[] encryptCbc(OctMaterial key, byte[] iv, byte[] blocks);

  /** Reverses {@link #encryptCbc}; the caller clears the blocks. */
  byte[] decryptCbc(OctMaterial key, byte[] iv, byte[] blocks);

  /** Wraps a value of a length that the wrap takes. */
  byte[] wrap(OctMaterial key, KeyWrap wrap, byte[] value);

  /** Reverses {@link #wrap}; empty when any bit differs or the length is wrong. */
  Optional<SecretBytes> unwrap(OctMaterial key, KeyWrap wrap, byte[] wrapped);

  /** HMAC (RFC 2104), as long as the hash. */
  byte[] mac(OctMaterial key, Hash hash, byte[] message);
}
