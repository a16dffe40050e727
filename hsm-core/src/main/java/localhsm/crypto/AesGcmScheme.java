package localhsm.crypto;

import com.google.errorprone.annotations.Immutable;
import java.util.Arrays;
import java.util.Optional;
import localhsm.problem.Problems;
import localhsm.secret.SecretBytes;

/**
 * AES-GCM (NIST SP 800-38D) with a tag of 16 bytes. Encryption makes its own random nonce of 12
 * bytes, never takes one: two messages under one nonce would give the authentication key away.
 */
@Immutable
record AesGcmScheme(AesKeySize size) implements AesScheme {
  private static final int NONCE_BYTES = 12;

  @Override
  public CipherAlgorithm.Output encrypt(
      String algorithm, KeyMaterial material, CipherAlgorithm.Input input, Providers providers) {
    if (input.iv().isPresent()) {
      throw Problems.badParameter("Property iv must be absent: " + algorithm + " makes its own.");
    }
    byte[] nonce = new byte[NONCE_BYTES];
    providers.random().nextBytes(nonce);
    byte[] sealed =
        providers.oct().seal((OctMaterial) material, nonce, associated(input), input.value());
    int split = sealed.length - OctEngine.TAG_BYTES;
    return new CipherAlgorithm.Output(
        Arrays.copyOf(sealed, split),
        Optional.of(nonce),
        Optional.of(Arrays.copyOfRange(sealed, split, sealed.length)),
        input.aad());
  }

  @Override
  public SecretBytes decrypt(
      KeyMaterial material, CipherAlgorithm.Input input, Providers providers) {
    byte[] nonce = AesScheme.required(input.iv(), "iv");
    byte[] tag = AesScheme.required(input.tag(), "tag");
    boolean possible = nonce.length == NONCE_BYTES && tag.length == OctEngine.TAG_BYTES;
    byte[] sealed = Arrays.copyOf(input.value(), input.value().length + OctEngine.TAG_BYTES);
    System.arraycopy(
        tag, 0, sealed, input.value().length, Math.min(tag.length, OctEngine.TAG_BYTES));
    return providers
        .oct()
        .open((OctMaterial) material, Arrays.copyOf(nonce, NONCE_BYTES), associated(input), sealed)
        .filter(plaintext -> possible)
        .orElseThrow(Problems::decryptionFailed);
  }

  private static byte[] associated(CipherAlgorithm.Input input) {
    return input.aad().orElseGet(() -> new byte[0]);
  }
}
