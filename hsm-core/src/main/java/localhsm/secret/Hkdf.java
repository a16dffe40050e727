package localhsm.secret;

import java.nio.charset.StandardCharsets;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;

/** HKDF-SHA256 (RFC 5869). */
final class Hkdf {
  private Hkdf() {}

  /** A key of 32 bytes for one purpose; an empty salt is the RFC's string of zeros. */
  static SecretBytes derive(SecretBytes secret, byte[] salt, String purpose) {
    return derive(secret, salt, purpose, SecurityDomain.KEY_BYTES);
  }

  /** The same, with a length in bytes. */
  static SecretBytes derive(SecretBytes secret, byte[] salt, String purpose, int length) {
    HKDFBytesGenerator generator = new HKDFBytesGenerator(new SHA256Digest());
    byte[] info = purpose.getBytes(StandardCharsets.UTF_8);
    generator.init(new HKDFParameters(secret.expose(), salt, info));
    byte[] derived = new byte[length];
    generator.generateBytes(derived, 0, derived.length);
    return SecretBytes.owning(derived);
  }
}
