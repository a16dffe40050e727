package localhsm.server.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import localhsm.keys.DirectWorkers;
import localhsm.server.certificates.Certificates;
import localhsm.server.certificates.ServerCertificate;
import localhsm.server.names.NameFamily;
import localhsm.server.names.ServedNames;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningIdentityTest {
  @TempDir Path folder;
  private final KeptInMemory kept = new KeptInMemory();

  private ServerCertificate server(String sub, Duration later) {
    ServerCertificate opened =
        new Certificates(Clock.offset(Clock.systemUTC(), later), new SecureRandom())
            .open(folder.resolve(sub), new ServedNames("hsm1", NameFamily.ALL, Set.of()));
    opened.trust().write();
    return opened;
  }

  private SigningIdentity identity(SigningIdentity.Purpose purpose, ServerCertificate server) {
    return new SigningIdentity(
        purpose, server.signing(), kept, new SecureRandom(), new DirectWorkers());
  }

  private CertifiedKey key(ServerCertificate server) {
    return identity(SigningIdentity.Purpose.HSM, server).key().toCompletableFuture().join();
  }

  private X509Certificate root(ServerCertificate server) throws Exception {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(
                new ByteArrayInputStream(Files.readAllBytes(server.trust().caPem())));
  }

  private static void validate(List<X509Certificate> chain, X509Certificate root) throws Exception {
    PKIXParameters rules = new PKIXParameters(Set.of(new TrustAnchor(root, null)));
    rules.setRevocationEnabled(false);
    rules.setDate(new Date());
    CertPathValidator.getInstance("PKIX")
        .validate(CertificateFactory.getInstance("X.509").generateCertPath(chain), rules);
  }

  @Nested
  class TheKey {
    @Test
    void hasACertificateOfTheCaThatClientsTrust() throws Exception {
      ServerCertificate server = server("tls", Duration.ZERO);
      CertifiedKey key = key(server);
      validate(key.chain(), root(server));
      X509Certificate own = key.chain().get(0);
      assertThat(own.getPublicKey()).isEqualTo(key.key());
      assertThat(key.key().getModulus().bitLength()).isEqualTo(2048);
      assertThat(own.getKeyUsage()).startsWith(true, false, false, false, false, false);
      assertThat(own.getBasicConstraints()).isEqualTo(-1);
      assertThat(own.getExtendedKeyUsage()).isNull();
      assertThat(own.getSubjectAlternativeNames())
          .extracting(name -> (Object) name.get(1))
          .containsExactly("hsm1.managedhsm.azure.net", "hsm1.managedhsm.localhost");
    }

    @Test
    void isMadeOnceAndOnlyWhenNeeded() {
      SigningIdentity identity =
          identity(SigningIdentity.Purpose.HSM, server("tls", Duration.ZERO));
      assertThat(kept.values).isEmpty();
      CertifiedKey first = identity.key().toCompletableFuture().join();
      assertThat(identity.key().toCompletableFuture().join()).isSameAs(first);
    }

    @Test
    void isTheSameAfterARestart() {
      CertifiedKey first = key(server("tls", Duration.ZERO));
      CertifiedKey second = key(server("tls", Duration.ofDays(100)));
      assertThat(second.key()).isEqualTo(first.key());
      assertThat(second.chain()).isEqualTo(first.chain());
    }

    @Test
    void getsANewCertificateAMonthBeforeTheEnd() {
      CertifiedKey first = key(server("tls", Duration.ZERO));
      CertifiedKey second = key(server("tls", Duration.ofDays(336)));
      assertThat(second.key()).isEqualTo(first.key());
      assertThat(second.chain().get(0)).isNotEqualTo(first.chain().get(0));
    }

    @Test
    void getsANewCertificateFromANewCa() throws Exception {
      CertifiedKey first = key(server("tls", Duration.ZERO));
      ServerCertificate other = server("other", Duration.ZERO);
      CertifiedKey second = key(other);
      assertThat(second.key()).isEqualTo(first.key());
      validate(second.chain(), root(other));
    }

    @Test
    void isAnotherForEachPurpose() {
      ServerCertificate server = server("tls", Duration.ZERO);
      CertifiedKey mock =
          identity(SigningIdentity.Purpose.MOCK_ATTESTATION, server)
              .key()
              .toCompletableFuture()
              .join();
      assertThat(mock.key()).isNotEqualTo(key(server).key());
    }

    @Test
    void isTriedAgainAfterAFailure() {
      SigningIdentity identity =
          identity(SigningIdentity.Purpose.HSM, server("tls", Duration.ZERO));
      kept.broken = true;
      assertThatThrownBy(() -> identity.key().toCompletableFuture().join())
          .hasMessageContaining("disk full");
      kept.broken = false;
      assertThat(identity.key().toCompletableFuture().join().kid()).isNotEmpty();
    }
  }

  @Nested
  class WhatItSigns {
    private CertifiedKey key;

    private CertifiedKey key() {
      key = SigningIdentityTest.this.key(server("tls", Duration.ZERO));
      return key;
    }

    @Test
    void isAJwsThatCarriesItsCertificates() throws Exception {
      JWSObject jws = JWSObject.parse(key().jws("{\"a\":1}".getBytes(StandardCharsets.UTF_8)));
      Map<String, Object> header = jws.getHeader().toJSONObject();
      String thumbprint =
          TokenForge.base64(
              MessageDigest.getInstance("SHA-256").digest(key.chain().get(0).getEncoded()));
      assertThat(header).containsOnlyKeys("alg", "kid", "x5c", "x5t#S256");
      assertThat(header)
          .containsEntry("alg", "RS256")
          .containsEntry("kid", thumbprint)
          .containsEntry("x5t#S256", thumbprint);
      List<byte[]> encoded = new ArrayList<>();
      for (X509Certificate certificate : key.chain()) {
        encoded.add(certificate.getEncoded());
      }
      assertThat(jws.getHeader().getX509CertChain())
          .extracting(part -> part.decode())
          .containsExactlyElementsOf(encoded);
      assertThat(jws.getPayload()).hasToString("{\"a\":1}");
      assertThat(jws.verify(new RSASSAVerifier(key.key()))).isTrue();
    }

    @Test
    void isATokenNamedByItsKey() throws Exception {
      JWSObject jwt = JWSObject.parse(key().jwt(Map.of("iss", "me")));
      assertThat(jwt.getHeader().toJSONObject())
          .isEqualTo(Map.of("alg", "RS256", "kid", key.kid(), "typ", "JWT"));
      assertThat(jwt.getPayload()).hasToString("{\"iss\":\"me\"}");
      assertThat(jwt.verify(new RSASSAVerifier(key.key()))).isTrue();
      assertThat(key.jwk()).containsEntry("kid", key.kid()).containsKeys("n", "e", "x5c");
      assertThat(key.jwk()).doesNotContainKeys("d", "p", "q");
    }

    @Test
    void isASignatureOf256Bytes() throws Exception {
      byte[] signature = key().signature(new byte[] {1, 2});
      assertThat(signature).hasSize(256);
      Signature check = Signature.getInstance("SHA256withRSA");
      check.initVerify(key.key());
      check.update(new byte[] {1, 2});
      assertThat(check.verify(signature)).isTrue();
    }

    @Test
    void isNeverThePrivateKeyItself() {
      assertThat(key()).hasToString("CertifiedKey[" + key.kid() + "]");
    }
  }
}
