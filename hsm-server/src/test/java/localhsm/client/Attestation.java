package localhsm.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.security.keyvault.keys.KeyClient;
import com.azure.security.keyvault.keys.models.CreateEcKeyOptions;
import com.azure.security.keyvault.keys.models.CreateOctKeyOptions;
import com.azure.security.keyvault.keys.models.CreateRsaKeyOptions;
import com.azure.security.keyvault.keys.models.KeyAttestation;
import com.azure.security.keyvault.keys.models.KeyVaultKey;
import java.io.ByteArrayInputStream;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.List;

/** Statements of the HSM about its keys, with certificates of its own. */
record Attestation(KeyClient keys) {

  Attestation(KeyVaultSession session) {
    this(session.keys());
  }

  void run() throws Exception {
    KeyVaultKey rsa = keys.createRsaKey(new CreateRsaKeyOptions("attested-rsa"));
    KeyVaultKey ec = keys.createEcKey(new CreateEcKeyOptions("attested-ec"));
    KeyVaultKey oct = keys.createOctKey(new CreateOctKeyOptions("attested-oct"));
    for (KeyVaultKey key : List.of(rsa, ec, oct)) {
      KeyVaultKey attested = keys.getKeyAttestation(key.getName());
      assertThat(attested.getId()).isEqualTo(key.getId());
      KeyAttestation statement = attested.getProperties().getKeyAttestation();
      certified(statement);
      assertThat(statement.getPrivateKeyAttestation()).isNotEmpty();
      if (key == oct) {
        assertThat(statement.getPublicKeyAttestation()).isNull();
      } else {
        assertThat(statement.getPublicKeyAttestation()).isNotEmpty();
      }
      assertThat(keys.getKey(key.getName()).getProperties().getKeyAttestation()).isNull();
    }
    Refusals.refused(404, "KeyNotFound", () -> keys.getKeyAttestation("attested-never"));
  }

  /** Each certificate is signed by the next, the last by itself. */
  private static void certified(KeyAttestation statement) throws Exception {
    assertThat(statement.getVersion()).isNotEmpty().doesNotStartWith("MRVL");
    List<Certificate> chain =
        List.copyOf(
            CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(statement.getCertificatePemFile())));
    for (int i = 0; i < chain.size(); i++) {
      chain.get(i).verify(chain.get(Math.min(i + 1, chain.size() - 1)).getPublicKey());
    }
  }
}
