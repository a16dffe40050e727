package localhsm.crypto;

import com.google.errorprone.annotations.Immutable;
import localhsm.problem.Problems;
import localhsm.secret.SecretBytes;

/** AES key wrapping (RFC 3394, RFC 5649). */
@Immutable
record AesWrapScheme(AesKeySize size, KeyWrap wrap) implements AesScheme {

  @Override
  public CipherAlgorithm.Output encrypt(
      String algorithm, KeyMaterial material, CipherAlgorithm.Input input, Providers providers) {
    if (!wrap.takes(input.value().length)) {
      throw Problems.badParameter("Invalid value: " + algorithm + " takes " + wrap.taken() + ".");
    }
    return CipherAlgorithm.Output.of(
        providers.oct().wrap((OctMaterial) material, wrap, input.value()));
  }

  @Override
  public SecretBytes decrypt(
      KeyMaterial material, CipherAlgorithm.Input input, Providers providers) {
    return providers
        .oct()
        .unwrap((OctMaterial) material, wrap, input.value())
        .orElseThrow(Problems::decryptionFailed);
  }
}
