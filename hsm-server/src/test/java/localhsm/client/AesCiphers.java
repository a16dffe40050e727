package localhsm.client;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.Wrapper;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.engines.RFC3394WrapEngine;
import org.bouncycastle.crypto.engines.RFC5649WrapEngine;
import org.bouncycastle.crypto.params.KeyParameter;

/** What a symmetric key does, by the JDK and, for key wrap, BouncyCastle. */
record AesCiphers(byte[] key) {
  private static final int TAG_BITS = 128;

  /** Ciphertext with the tag behind it. */
  byte[] gcmEncrypt(byte[] iv, byte[] aad, byte[] plaintext) throws GeneralSecurityException {
    return gcm(Cipher.ENCRYPT_MODE, iv, aad).doFinal(plaintext);
  }

  byte[] gcmDecrypt(byte[] iv, byte[] aad, byte[] ciphertext, byte[] tag)
      throws GeneralSecurityException {
    byte[] whole = Arrays.copyOf(ciphertext, ciphertext.length + tag.length);
    System.arraycopy(tag, 0, whole, ciphertext.length, tag.length);
    return gcm(Cipher.DECRYPT_MODE, iv, aad).doFinal(whole);
  }

  private Cipher gcm(int mode, byte[] iv, byte[] aad) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, iv));
    cipher.updateAAD(aad);
    return cipher;
  }

  /** CBC over whole blocks. */
  byte[] cbc(byte[] iv, byte[] plaintext) throws GeneralSecurityException {
    return cbc("AES/CBC/NoPadding", iv, plaintext);
  }

  /** CBC with PKCS #7 padding. */
  byte[] cbcPad(byte[] iv, byte[] plaintext) throws GeneralSecurityException {
    return cbc("AES/CBC/PKCS5Padding", iv, plaintext);
  }

  private byte[] cbc(String transformation, byte[] iv, byte[] plaintext)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(transformation);
    cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
    return cipher.doFinal(plaintext);
  }

  /** RFC 3394. */
  byte[] wrap(byte[] target) {
    return wrap(new RFC3394WrapEngine(AESEngine.newInstance()), target);
  }

  /** RFC 5649. */
  byte[] wrapPad(byte[] target) {
    return wrap(new RFC5649WrapEngine(AESEngine.newInstance()), target);
  }

  private byte[] wrap(Wrapper wrapper, byte[] target) {
    wrapper.init(true, new KeyParameter(key));
    return wrapper.wrap(target, 0, target.length);
  }

  /** RFC 5649. */
  byte[] unwrapPad(byte[] wrapped) throws InvalidCipherTextException {
    Wrapper wrapper = new RFC5649WrapEngine(AESEngine.newInstance());
    wrapper.init(false, new KeyParameter(key));
    return wrapper.unwrap(wrapped, 0, wrapped.length);
  }

  byte[] hmac(int bits, byte[] value) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA" + bits);
    mac.init(new SecretKeySpec(key, "HMAC"));
    return mac.doFinal(value);
  }
}
