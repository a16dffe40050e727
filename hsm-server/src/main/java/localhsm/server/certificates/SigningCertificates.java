package localhsm.server.certificates;

import java.io.ByteArrayInputStream;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Issues certificates for keys that sign what the HSM says, such as the keys that it releases. They
 * carry the names of the HSM and say nothing of TLS; clients hold the root of their chain.
 */
public final class SigningCertificates {
  private final CertificateAuthority ca;
  private final CertificateMaker maker;
  private final Clock clock;
  private final List<String> names;

  SigningCertificates(
      CertificateAuthority ca, CertificateMaker maker, Clock clock, List<String> names) {
    this.ca = ca;
    this.maker = maker;
    this.clock = clock;
    this.names = List.copyOf(names);
  }

  /** A new certificate for the key, and the CA that issued it. */
  public List<X509Certificate> issue(String commonName, PublicKey key) {
    return List.of(maker.signing(ca, commonName, key, names), ca.issuing());
  }

  /**
   * The chain of an older certificate of the key, in DER; empty when it has to be replaced: by
   * another CA, for other names or another key, or at its end in a month.
   */
  public Optional<List<X509Certificate>> chain(byte[] certificate, PublicKey key) {
    try {
      X509Certificate own =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(certificate));
      return good(own, key) ? Optional.of(List.of(own, ca.issuing())) : Optional.empty();
    } catch (CertificateException e) {
      return Optional.empty();
    }
  }

  private boolean good(X509Certificate own, PublicKey key) {
    Instant now = clock.instant();
    return own.getPublicKey().equals(key)
        && KeyedCertificate.issued(own, ca.issuing())
        && LeafNames.in(own).equals(names)
        && !now.isBefore(own.getNotBefore().toInstant())
        && !now.plus(LeafFile.RENEWED_BEFORE_END).isAfter(own.getNotAfter().toInstant());
  }
}
