package localhsm.client;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;

/** RSA encryption by the JDK, under the service's names. */
final class RsaCiphers {
  private RsaCiphers() {}

  static byte[] encrypt(Key publicKey, String algorithm, byte[] plaintext)
      throws GeneralSecurityException {
    return cipher(Cipher.ENCRYPT_MODE, publicKey, algorithm).doFinal(plaintext);
  }

  static byte[] decrypt(Key privateKey, String algorithm, byte[] ciphertext)
      throws GeneralSecurityException {
    return cipher(Cipher.DECRYPT_MODE, privateKey, algorithm).doFinal(ciphertext);
  }

  private static Cipher cipher(int mode, Key key, String algorithm)
      throws GeneralSecurityException {
    Optional<String> hash =
        switch (algorithm) {
          case "RSA-OAEP" -> Optional.of("SHA-1");
          case "RSA-OAEP-256" -> Optional.of("SHA-256");
          case "RSA-OAEP-384" -> Optional.of("SHA-384");
          default -> Optional.empty();
        };
    Cipher cipher =
        Cipher.getInstance(hash.isPresent() ? "RSA/ECB/OAEPPadding" : "RSA/ECB/PKCS1Padding");
    if (hash.isPresent()) {
      cipher.init(mode, key, oaep(hash.get()));
    } else {
      cipher.init(mode, key);
    }
    return cipher;
  }

  /** One hash for label and mask, as the service has it. */
  private static AlgorithmParameterSpec oaep(String hash) {
    return new OAEPParameterSpec(
        hash, "MGF1", new MGF1ParameterSpec(hash), PSource.PSpecified.DEFAULT);
  }
}
