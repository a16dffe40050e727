package localhsm.client;

import com.azure.security.keyvault.keys.cryptography.models.DecryptParameters;
import com.azure.security.keyvault.keys.cryptography.models.EncryptParameters;
import com.azure.security.keyvault.keys.cryptography.models.KeyWrapAlgorithm;
import java.util.List;

/** The client's names for one size of symmetric keys. */
record AesSize(int bits, Encrypting encrypting, Decrypting decrypting) {
  static final AesSize AES_128 =
      new AesSize(
          128,
          new Encrypting(
              EncryptParameters::createA128GcmParameters,
              EncryptParameters::createA128CbcParameters,
              EncryptParameters::createA128CbcPadParameters),
          new Decrypting(
              DecryptParameters::createA128GcmParameters,
              DecryptParameters::createA128CbcParameters,
              DecryptParameters::createA128CbcPadParameters));
  static final AesSize AES_192 =
      new AesSize(
          192,
          new Encrypting(
              EncryptParameters::createA192GcmParameters,
              EncryptParameters::createA192CbcParameters,
              EncryptParameters::createA192CbcPadParameters),
          new Decrypting(
              DecryptParameters::createA192GcmParameters,
              DecryptParameters::createA192CbcParameters,
              DecryptParameters::createA192CbcPadParameters));
  static final AesSize AES_256 =
      new AesSize(
          256,
          new Encrypting(
              EncryptParameters::createA256GcmParameters,
              EncryptParameters::createA256CbcParameters,
              EncryptParameters::createA256CbcPadParameters),
          new Decrypting(
              DecryptParameters::createA256GcmParameters,
              DecryptParameters::createA256CbcParameters,
              DecryptParameters::createA256CbcPadParameters));
  static final List<AesSize> ALL = List.of(AES_128, AES_192, AES_256);

  /** Plaintext, then additional data or initialization vector. */
  interface Encrypt {
    EncryptParameters of(byte[] plaintext, byte[] second);
  }

  /** Ciphertext, then initialization vector. */
  interface Decrypt {
    DecryptParameters of(byte[] ciphertext, byte[] iv);
  }

  /** Ciphertext, initialization vector, tag, additional data. */
  interface DecryptAuthenticated {
    DecryptParameters of(byte[] ciphertext, byte[] iv, byte[] tag, byte[] aad);
  }

  record Encrypting(Encrypt gcm, Encrypt cbc, Encrypt cbcPad) {}

  record Decrypting(DecryptAuthenticated gcm, Decrypt cbc, Decrypt cbcPad) {}

  KeyWrapAlgorithm wrap() {
    return KeyWrapAlgorithm.fromString("A" + bits + "KW");
  }
}
