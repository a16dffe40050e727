package localhsm.crypto;

import com.google.errorprone.annotations.Immutable;
import java.security.SecureRandom;
import java.util.Optional;
import localhsm.secret.SecretBytes;

/** An encryption padding of RSA (RFC 8017 7). */
@Immutable
interface RsaPadding {

  /** How much shorter than the modulus a plaintext must be, in bytes. */
  int overhead();

  /** A block as long as the modulus, around a plaintext that is not too long. */
  byte[] pad(byte[] plaintext, int length, SecureRandom random);

  /**
   * The plaintext inside a block, or nothing when the padding is wrong. Until that is decided no
   * branch and no address depends on the content.
   */
  Optional<SecretBytes> strip(byte[] block);

  /** All ones when two values from 0 to 255 are equal, else zero. */
  static int equalMask(int a, int b) {
    return ((a ^ b) - 1) >> 31;
  }
}
