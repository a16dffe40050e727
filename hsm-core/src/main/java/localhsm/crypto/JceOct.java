package localhsm.crypto;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import localhsm.secret.SecretBytes;

/** The symmetric primitives of a JCE provider: the JDK's or BouncyCastle's. */
final class JceOct implements OctEngine {
  private final Provider provider;

  JceOct(Provider provider) {
    this.provider = provider;
  }

  @Override
  public byte[] seal(OctMaterial key, byte[] nonce, byte[] associated, byte[] plaintext) {
    try {
      return gcm(Cipher.ENCRYPT_MODE, key, nonce, associated).doFinal(plaintext);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Optional<SecretBytes> open(
      OctMaterial key, byte[] nonce, byte[] associated, byte[] sealed) {
    try {
      Cipher cipher = gcm(Cipher.DECRYPT_MODE, key, nonce, associated);
      return Optional.of(SecretBytes.owning(cipher.doFinal(sealed)));
    } catch (AEADBadTagException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public byte[] encryptCbc(OctMaterial key, byte[] iv, byte[] blocks) {
    return cbc(Cipher.ENCRYPT_MODE, key, iv, blocks);
  }

  @Override
  public byte[] decryptCbc(OctMaterial key, byte[] iv, byte[] blocks) {
    return cbc(Cipher.DECRYPT_MODE, key, iv, blocks);
  }

  @Override
  public byte[] wrap(OctMaterial key, KeyWrap wrap, byte[] value) {
    try {
      Cipher cipher = wrapping(wrap);
      cipher.init(Cipher.ENCRYPT_MODE, key.secretKey());
      return cipher.doFinal(value);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Optional<SecretBytes> unwrap(OctMaterial key, KeyWrap wrap, byte[] wrapped) {
    if (!wrap.gives(wrapped.length)) {
      return Optional.empty();
    }
    try {
      Cipher cipher = wrapping(wrap);
      cipher.init(Cipher.DECRYPT_MODE, key.secretKey());
      return Optional.of(SecretBytes.owning(cipher.doFinal(wrapped)));
    } catch (BadPaddingException | IllegalBlockSizeException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public byte[] mac(OctMaterial key, Hash hash, byte[] message) {
    try {
      Mac mac = Mac.getInstance(hash.hmac(), provider);
      mac.init(key.secretKey());
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private Cipher gcm(int mode, OctMaterial key, byte[] nonce, byte[] associated)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding", provider);
    cipher.init(mode, key.secretKey(), new GCMParameterSpec(8 * TAG_BYTES, nonce));
    cipher.updateAAD(associated);
    return cipher;
  }

  private byte[] cbc(int mode, OctMaterial key, byte[] iv, byte[] blocks) {
    AlgorithmParameterSpec parameters = new IvParameterSpec(iv);
    try {
      Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding", provider);
      cipher.init(mode, key.secretKey(), parameters);
      return cipher.doFinal(blocks);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The two have different names for it. */
  private Cipher wrapping(KeyWrap wrap) throws GeneralSecurityException {
    boolean jdk = provider.getService("Cipher", "AES/KW/NoPadding") != null;
    return Cipher.getInstance(
        switch (wrap) {
          case PLAIN -> jdk ? "AES/KW/NoPadding" : "AESWrap";
          case PADDED -> jdk ? "AES/KWP/NoPadding" : "AESWrapPad";
        },
        provider);
  }
}
