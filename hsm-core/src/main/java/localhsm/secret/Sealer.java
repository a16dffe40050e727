package localhsm.secret;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Authenticated encryption with one key: AES-256-GCM (NIST SP 800-38D) under a random nonce, as
 * {@code nonce || ciphertext || tag}. Safe for use by many threads.
 */
public final class Sealer {
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BYTES = 16;

  private final SecretKey key;
  private final Sealing sealing;

  Sealer(SecretBytes key, Sealing sealing) {
    if (key.length() != SecurityDomain.KEY_BYTES) {
      throw new IllegalArgumentException("a sealing key has 32 bytes");
    }
    this.key = new SecretKeySpec(key.expose(), "AES");
    this.sealing = sealing;
  }

  /** Encrypts, bound to the associated data. */
  public byte[] seal(SecretBytes plain, byte[] associated) {
    byte[] nonce = new byte[NONCE_BYTES];
    sealing.random().nextBytes(nonce);
    byte[] sealed = Arrays.copyOf(nonce, NONCE_BYTES + plain.length() + TAG_BYTES);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, nonce, associated);
      cipher.doFinal(plain.expose(), 0, plain.length(), sealed, NONCE_BYTES);
      return sealed;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Decrypts; empty when key, associated data or any bit is not what it was. */
  public Optional<SecretBytes> open(byte[] sealed, byte[] associated) {
    if (sealed.length < NONCE_BYTES + TAG_BYTES) {
      return Optional.empty();
    }
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(sealed, NONCE_BYTES), associated);
      return Optional.of(
          SecretBytes.owning(cipher.doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES)));
    } catch (AEADBadTagException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, byte[] associated) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding", sealing.provider());
    cipher.init(mode, key, new GCMParameterSpec(8 * TAG_BYTES, nonce));
    cipher.updateAAD(associated);
    return cipher;
  }
}
