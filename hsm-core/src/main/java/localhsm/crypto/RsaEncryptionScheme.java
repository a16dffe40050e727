package localhsm.crypto;

import com.google.errorprone.annotations.Immutable;
import java.util.Arrays;
import localhsm.problem.Problems;
import localhsm.secret.SecretBytes;
import localhsm.work.WorkClass;

/** RSA encryption (RFC 8017 7): a padding around the raw operation. */
@Immutable
record RsaEncryptionScheme(RsaPadding padding) implements EncryptionScheme {

  static RsaEncryptionScheme oaep(Hash hash) {
    return new RsaEncryptionScheme(new OaepPadding(hash));
  }

  static RsaEncryptionScheme pkcs1() {
    return new RsaEncryptionScheme(new Pkcs1Padding());
  }

  @Override
  public boolean fits(KeyMaterial material) {
    return material instanceof RsaMaterial;
  }

  @Override
  public WorkClass encryptWork(KeyMaterial material) {
    return ((RsaMaterial) material).publicWork();
  }

  @Override
  public WorkClass decryptWork(KeyMaterial material) {
    return WorkClass.CPU;
  }

  @Override
  public byte[] encrypt(
      String algorithm, KeyMaterial material, byte[] plaintext, Providers providers) {
    RsaMaterial key = (RsaMaterial) material;
    int limit = key.modulusBytes() - padding.overhead();
    if (plaintext.length > limit) {
      throw Problems.valueTooLong(algorithm, limit);
    }
    byte[] block = padding.pad(plaintext, key.modulusBytes(), providers.random());
    return providers.rsa().publicOperation(key, block);
  }

  @Override
  public SecretBytes decrypt(KeyMaterial material, byte[] ciphertext, Providers providers) {
    RsaMaterial key = (RsaMaterial) material;
    boolean possible = key.takes(ciphertext);
    byte[] input = possible ? ciphertext : standIn(key.modulusBytes());
    byte[] block = providers.rsa().privateOperation(key, input);
    try {
      return padding
          .strip(block)
          .filter(plaintext -> possible)
          .orElseThrow(Problems::decryptionFailed);
    } finally {
      Arrays.fill(block, (byte) 0);
    }
  }

  /** What is decrypted in place of an impossible ciphertext, so that it costs the same. */
  private static byte[] standIn(int length) {
    byte[] two = new byte[length];
    two[length - 1] = 2;
    return two;
  }
}
