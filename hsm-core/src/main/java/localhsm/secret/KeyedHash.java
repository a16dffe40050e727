package localhsm.secret;

import java.security.GeneralSecurityException;
import java.security.Provider;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 (RFC 2104) with one key. Safe for use by many threads. */
public final class KeyedHash {
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKey key;
  private final Provider provider;

  KeyedHash(SecretBytes key, Provider provider) {
    this.key = new SecretKeySpec(key.expose(), ALGORITHM);
    this.provider = provider;
  }

  /** The hash of the message: 32 bytes. */
  public byte[] of(byte[] message) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM, provider);
      mac.init(key);
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
