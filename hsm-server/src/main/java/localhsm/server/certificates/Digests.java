package localhsm.server.certificates;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The one hash this package uses. */
final class Digests {
  private Digests() {}

  static byte[] sha256(byte[] data) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(data);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
