package localhsm.server.certificates;

import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The server's own certificate and key, {@code server.pem}: anything amiss makes a new one. */
final class LeafFile {
  static final String NAME = "server.pem";
  static final Duration RENEWED_BEFORE_END = Duration.ofDays(30);

  private final TlsFolder folder;
  private final CertificateMaker maker;
  private final Clock clock;

  LeafFile(TlsFolder folder, CertificateMaker maker, Clock clock) {
    this.folder = folder;
    this.maker = maker;
    this.clock = clock;
  }

  /** The certificate that is there, if it is good for the names a while longer, or a new one. */
  KeyedCertificate open(CertificateAuthority ca, List<String> names) {
    Optional<KeyedCertificate> stored =
        folder.read(NAME).flatMap(LeafFile::parse).filter(leaf -> usable(leaf, ca, names));
    if (stored.isPresent()) {
      return stored.get();
    }
    KeyedCertificate leaf = maker.leaf(ca, names);
    folder.write(NAME, new Pem(List.of(leaf.certificate()), List.of(leaf.key())).text());
    return leaf;
  }

  private boolean usable(KeyedCertificate leaf, CertificateAuthority ca, List<String> names) {
    Instant now = clock.instant();
    return !now.isBefore(leaf.certificate().getNotBefore().toInstant())
        && !now.plus(RENEWED_BEFORE_END).isAfter(leaf.certificate().getNotAfter().toInstant())
        && LeafNames.in(leaf.certificate()).equals(names)
        && leaf.issuedBy(ca.issuing())
        && leaf.matches();
  }

  private static Optional<KeyedCertificate> parse(String text) {
    try {
      Pem pem = Pem.parse(text);
      return pem.certificates().size() == 1 && pem.keys().size() == 1
          ? Optional.of(new KeyedCertificate(pem.certificates().get(0), pem.keys().get(0)))
          : Optional.empty();
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }
}
