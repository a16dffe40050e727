package localhsm.crypto;

import com.google.errorprone.annotations.Immutable;
import java.util.Arrays;
import java.util.Optional;
import localhsm.problem.Problems;
import localhsm.secret.SecretBytes;

/**
 * AES-CBC (NIST SP 800-38A 6.2) under the caller's initialization vector, or a random one where the
 * caller of an encryption gives none. Nothing authenticates the ciphertext.
 */
@Immutable
record AesCbcScheme(AesKeySize size, CbcPadding padding) implements AesScheme {

  @Override
  public CipherAlgorithm.Output encrypt(
      String algorithm, KeyMaterial material, CipherAlgorithm.Input input, Providers providers) {
    byte[] iv = input.iv().orElseGet(() -> random(providers));
    if (iv.length != OctEngine.BLOCK_BYTES) {
      throw Problems.badParameter("Property iv must have " + OctEngine.BLOCK_BYTES + " bytes.");
    }
    byte[] blocks = padding.pad(input.value());
    if (blocks.length == 0) {
      throw Problems.badParameter("Invalid value: " + algorithm + " takes at least 1 byte.");
    }
    try {
      return new CipherAlgorithm.Output(
          providers.oct().encryptCbc((OctMaterial) material, iv, blocks),
          Optional.of(iv),
          Optional.empty(),
          Optional.empty());
    } finally {
      Arrays.fill(blocks, (byte) 0);
    }
  }

  @Override
  public SecretBytes decrypt(
      KeyMaterial material, CipherAlgorithm.Input input, Providers providers) {
    byte[] iv = AesScheme.required(input.iv(), "iv");
    int length = input.value().length;
    if (iv.length != OctEngine.BLOCK_BYTES || length == 0 || length % OctEngine.BLOCK_BYTES != 0) {
      throw Problems.decryptionFailed();
    }
    byte[] blocks = providers.oct().decryptCbc((OctMaterial) material, iv, input.value());
    try {
      return padding.strip(blocks).orElseThrow(Problems::decryptionFailed);
    } finally {
      Arrays.fill(blocks, (byte) 0);
    }
  }

  private static byte[] random(Providers providers) {
    byte[] iv = new byte[OctEngine.BLOCK_BYTES];
    providers.random().nextBytes(iv);
    return iv;
  }
}
