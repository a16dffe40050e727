package localhsm.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.security.keyvault.keys.cryptography.CryptographyClient;
import com.azure.security.keyvault.keys.cryptography.models.SignatureAlgorithm;
import com.azure.security.keyvault.keys.models.KeyVaultKey;
import java.nio.charset.StandardCharsets;

/** Signatures by the HSM, checked by another implementation and by the HSM itself. */
final class Signatures {
  static final byte[] MESSAGE = "a message to sign".getBytes(StandardCharsets.UTF_8);

  private Signatures() {}

  /** Signs a digest; the signature is good for whoever has the public key that was given out. */
  static byte[] signAndVerify(
      KeyVaultSession session, KeyVaultKey key, SignatureAlgorithm algorithm) throws Exception {
    byte[] digest = IndependentVerifier.digest(algorithm, MESSAGE);
    CryptographyClient client = session.cryptography(key.getId());
    byte[] signature = client.sign(algorithm, digest).getSignature();
    assertThat(IndependentVerifier.verify(key.getKey(), algorithm, digest, signature))
        .as("%s by %s", algorithm, key.getId())
        .isTrue();
    assertThat(client.verify(algorithm, digest, signature).isValid()).isTrue();
    byte[] other = signature.clone();
    other[other.length - 1] ^= 1;
    assertThat(client.verify(algorithm, digest, other).isValid()).isFalse();
    return signature;
  }
}
