package localhsm.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.security.keyvault.keys.KeyClient;
import com.azure.security.keyvault.keys.cryptography.CryptographyClient;
import com.azure.security.keyvault.keys.cryptography.models.EncryptionAlgorithm;
import com.azure.security.keyvault.keys.cryptography.models.SignatureAlgorithm;
import com.azure.security.keyvault.keys.models.CreateEcKeyOptions;
import com.azure.security.keyvault.keys.models.CreateRsaKeyOptions;
import com.azure.security.keyvault.keys.models.KeyOperation;
import com.azure.security.keyvault.keys.models.KeyVaultKey;
import java.time.Duration;
import java.time.OffsetDateTime;

/** What a key may do in each state; the HSM's clock leads it from one to the next. */
record States(KeyVaultSession session, KeyClient keys, Lab lab) {
  private static final EncryptionAlgorithm OAEP = EncryptionAlgorithm.RSA_OAEP_256;

  States(KeyVaultSession session, Lab lab) {
    this(session, session.keys(), lab);
  }

  void run() throws Exception {
    operationsAreEnforced();
    aDisabledKeyDoesNothing();
    try {
      aKeyLivesFromNotBeforeToExpiry();
    } finally {
      lab.resume();
    }
  }

  private void operationsAreEnforced() throws Exception {
    KeyVaultKey key =
        keys.createEcKey(
            new CreateEcKeyOptions("verify-only").setKeyOperations(KeyOperation.VERIFY));
    CryptographyClient client = session.cryptography(key.getId());
    byte[] digest = digest();
    Refusals.refused(403, "Forbidden", () -> client.sign(SignatureAlgorithm.ES256, digest));
    assertThat(client.verify(SignatureAlgorithm.ES256, digest, new byte[64]).isValid()).isFalse();
  }

  private void aDisabledKeyDoesNothing() throws Exception {
    KeyVaultKey key = keys.createRsaKey(new CreateRsaKeyOptions("off").setEnabled(false));
    CryptographyClient client = session.cryptography(key.getId());
    byte[] digest = digest();
    Refusals.refused(403, "Forbidden", () -> client.sign(SignatureAlgorithm.RS256, digest));
    Refusals.refused(
        403, "Forbidden", () -> client.verify(SignatureAlgorithm.RS256, digest, new byte[256]));
    Refusals.refused(403, "Forbidden", () -> client.encrypt(OAEP, digest));
    Refusals.refused(403, "Forbidden", () -> client.decrypt(OAEP, new byte[256]));

    keys.updateKeyProperties(key.getProperties().setEnabled(true));
    Signatures.signAndVerify(session, key, SignatureAlgorithm.RS256);
  }

  private void aKeyLivesFromNotBeforeToExpiry() throws Exception {
    OffsetDateTime now = lab.now();
    KeyVaultKey key =
        keys.createRsaKey(
            new CreateRsaKeyOptions("mortal")
                .setNotBefore(now.plusDays(1))
                .setExpiresOn(now.plusDays(2)));
    byte[] sealed =
        RsaCiphers.encrypt(key.getKey().toRsa().getPublic(), "RSA-OAEP-256", Signatures.MESSAGE);
    outsideItsTime(key, sealed);

    lab.advance(Duration.ofDays(1));
    Signatures.signAndVerify(session, key, SignatureAlgorithm.PS256);
    assertThat(session.cryptography(key.getId()).encrypt(OAEP, new byte[8]).getCipherText())
        .hasSize(256);

    lab.advance(Duration.ofDays(1));
    outsideItsTime(key, sealed);
    assertThat(keys.getKey("mortal").getId()).isEqualTo(key.getId());
  }

  /** Nothing new is signed or encrypted; what there is can be verified and decrypted. */
  private void outsideItsTime(KeyVaultKey key, byte[] sealed) throws Exception {
    CryptographyClient client = session.cryptography(key.getId());
    byte[] digest = digest();
    Refusals.refused(403, "Forbidden", () -> client.sign(SignatureAlgorithm.RS256, digest));
    Refusals.refused(403, "Forbidden", () -> client.encrypt(OAEP, digest));
    assertThat(client.decrypt(OAEP, sealed).getPlainText()).isEqualTo(Signatures.MESSAGE);
    assertThat(client.verify(SignatureAlgorithm.RS256, digest, new byte[256]).isValid()).isFalse();
  }

  private static byte[] digest() throws Exception {
    return IndependentVerifier.digest(SignatureAlgorithm.RS256, Signatures.MESSAGE);
  }
}
