package localhsm.crypto;

import com.google.errorprone.annotations.Immutable;
import java.util.Arrays;
import java.util.Optional;
import localhsm.problem.Problems;
import localhsm.secret.SecretBytes;
import localhsm.work.WorkClass;
import org.bouncycastle.crypto.params.RSAKeyParameters;

/** RSA encryption (RFC 8017 7): a padding around the raw operation. */
@Immutable
record RsaCipherScheme(RsaPadding padding) implements CipherScheme {

  static RsaCipherScheme oaep(Hash hash) {
    return new RsaCipherScheme(new OaepPadding(hash));
  }

  static RsaCipherScheme pkcs1() {
    return new RsaCipherScheme(new Pkcs1Padding());
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
  public CipherAlgorithm.Output encrypt(
      String algorithm, KeyMaterial material, CipherAlgorithm.Input input, Providers providers) {
    RsaMaterial key = (RsaMaterial) material;
    int limit = key.modulusBytes() - padding.overhead();
    if (input.value().length > limit) {
      throw Problems.valueTooLong(algorithm, limit);
    }
    return CipherAlgorithm.Output.of(encrypt(key.publicKey(), input.value(), providers));
  }

  /** Encrypts what is not too long. */
  byte[] encrypt(RSAKeyParameters key, byte[] plaintext, Providers providers) {
    int length = (key.getModulus().bitLength() + 7) / 8;
    byte[] block = padding.pad(plaintext, length, providers.random());
    try {
      return providers.rsa().publicOperation(key, block);
    } finally {
      Arrays.fill(block, (byte) 0);
    }
  }

  @Override
  public SecretBytes decrypt(
      KeyMaterial material, CipherAlgorithm.Input input, Providers providers) {
    return open((RsaMaterial) material, input.value(), providers)
        .orElseThrow(Problems::decryptionFailed);
  }

  /** The plaintext, or nothing after the same work. */
  Optional<SecretBytes> open(RsaMaterial key, byte[] ciphertext, Providers providers) {
    boolean possible = key.takes(ciphertext);
    byte[] input = possible ? ciphertext : standIn(key.modulusBytes());
    byte[] block = providers.rsa().privateOperation(key, input);
    try {
      return padding.strip(block).filter(plaintext -> possible);
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
