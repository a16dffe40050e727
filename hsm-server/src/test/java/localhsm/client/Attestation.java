package localhsm.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.security.keyvault.keys.KeyClient;
import com.azure.security.keyvault.keys.models.CreateEcKeyOptions;
import com.azure.security.keyvault.keys.models.CreateOctKeyOptions;
import com.azure.security.keyvault.keys.models.CreateRsaKeyOptions;
import com.azure.security.keyvault.keys.models.JsonWebKey;
import com.azure.security.keyvault.keys.models.KeyAttestation;
import com.azure.security.keyvault.keys.models.KeyVaultKey;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertPathValidator;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Statements of the HSM about its keys, with certificates of its own. */
record Attestation(KeyClient keys) {
  private static final int SIGNATURE_LENGTH = 256;

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
      PublicKey signer = certified(statement);
      JsonNode secret = signed(statement.getPrivateKeyAttestation(), signer);
      assertThat(secret.get("kid").asText()).isEqualTo(key.getId());
      assertThat(secret.get("exportable").asBoolean()).isFalse();
      if (key == oct) {
        assertThat(statement.getPublicKeyAttestation()).isNull();
      } else {
        saysWhichKey(signed(statement.getPublicKeyAttestation(), signer), key.getKey());
      }
      assertThat(keys.getKey(key.getName()).getProperties().getKeyAttestation()).isNull();
    }
    Refusals.refused(404, "KeyNotFound", () -> keys.getKeyAttestation("attested-never"));
  }

  /** The format of docs/attestation.md: JSON, behind it a signature of 256 bytes. */
  private static JsonNode signed(byte[] blob, PublicKey signer) throws Exception {
    int length = blob.length - SIGNATURE_LENGTH;
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initVerify(signer);
    signature.update(blob, 0, length);
    assertThat(signature.verify(blob, length, SIGNATURE_LENGTH)).isTrue();
    return new ObjectMapper().readTree(blob, 0, length);
  }

  private static void saysWhichKey(JsonNode statement, JsonWebKey key) {
    assertThat(statement.get("kid").asText()).isEqualTo(key.getId());
    byte[] part = key.getN() == null ? key.getX() : key.getN();
    String stated = statement.at(key.getN() == null ? "/key/x" : "/key/n").asText();
    assertThat(Base64.getUrlDecoder().decode(stated)).isEqualTo(part);
  }

  /** The key of the first certificate, which leads to the CA that this JVM was told to trust. */
  private static PublicKey certified(KeyAttestation statement) throws Exception {
    assertThat(statement.getVersion()).isNotEmpty().doesNotStartWith("MRVL");
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    List<Certificate> chain =
        List.copyOf(
            factory.generateCertificates(
                new ByteArrayInputStream(statement.getCertificatePemFile())));
    PKIXParameters rules = new PKIXParameters(trusted());
    rules.setRevocationEnabled(false);
    CertPathValidator.getInstance("PKIX").validate(factory.generateCertPath(chain), rules);
    return chain.get(0).getPublicKey();
  }

  private static Set<TrustAnchor> trusted() throws Exception {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init((KeyStore) null);
    return Stream.of(((X509TrustManager) factory.getTrustManagers()[0]).getAcceptedIssuers())
        .map(ca -> new TrustAnchor(ca, null))
        .collect(Collectors.toSet());
  }
}
