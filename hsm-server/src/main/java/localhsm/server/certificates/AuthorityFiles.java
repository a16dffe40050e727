package localhsm.server.certificates;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The CA in its folder: {@code issuing-ca.pem} holds both certificates and the issuing key, {@code
 * ca.pem} the root alone, for clients. A root that clients were told to trust is never replaced
 * silently.
 */
final class AuthorityFiles {
  static final String ISSUING = "issuing-ca.pem";
  static final String ROOT = "ca.pem";
  static final Duration RENEWED_BEFORE_END = Duration.ofDays(30);

  private final TlsFolder folder;
  private final CertificateMaker maker;
  private final Clock clock;

  AuthorityFiles(TlsFolder folder, CertificateMaker maker, Clock clock) {
    this.folder = folder;
    this.maker = maker;
    this.clock = clock;
  }

  /** The CA that is there, or a new one; what the user should know goes to the notices. */
  CertificateAuthority open(PermittedNames names, List<String> notices) {
    Optional<String> issuing = folder.read(ISSUING);
    Optional<String> root = folder.read(ROOT);
    if (issuing.isEmpty()) {
      if (root.isPresent()) {
        throw damaged(ROOT, "its issuing CA, " + ISSUING + " in the same folder, is missing", null);
      }
      return make(names);
    }
    CertificateAuthority ca = check(issuing.get());
    Instant end = end(ca);
    if (clock.instant().plus(RENEWED_BEFORE_END).isAfter(end)) {
      notices.add(
          "The CA in "
              + folder.path()
              + " would have ended on "
              + end
              + ": a new one was made. Trust its ca.pem wherever the old one was trusted.");
      return make(names);
    }
    healRoot(ca, root);
    return ca;
  }

  private CertificateAuthority make(PermittedNames names) {
    CertificateAuthority ca = maker.authority(names);
    Pem all = new Pem(List.of(ca.issuing(), ca.root()), List.of(ca.key()));
    // In this order a crash leaves nothing, or a CA without its copy for clients.
    folder.delete(ROOT);
    folder.write(ISSUING, all.text());
    folder.write(ROOT, rootText(ca));
    return ca;
  }

  private void healRoot(CertificateAuthority ca, Optional<String> stored) {
    if (stored.isEmpty()) {
      folder.write(ROOT, rootText(ca));
    } else if (!stored.get().equals(rootText(ca))) {
      throw damaged(ROOT, "it is not the root of " + ISSUING + " in the same folder", null);
    }
  }

  private CertificateAuthority check(String text) {
    CertificateAuthority ca = parse(text);
    KeyedCertificate issuing = new KeyedCertificate(ca.issuing(), ca.key());
    if (!issuing.issuedBy(ca.root()) || !issuing.matches()) {
      throw damaged(ISSUING, "its certificates and key do not belong together", null);
    }
    Instant now = clock.instant();
    if (now.isAfter(end(ca))) {
      throw damaged(ISSUING, "the CA ended on " + end(ca), null);
    }
    if (now.isBefore(ca.issuing().getNotBefore().toInstant())) {
      throw damaged(
          ISSUING, "the CA begins on " + ca.issuing().getNotBefore().toInstant() + " only", null);
    }
    return ca;
  }

  private CertificateAuthority parse(String text) {
    try {
      Pem pem = Pem.parse(text);
      List<X509Certificate> certificates = pem.certificates();
      if (certificates.size() == 2 && pem.keys().size() == 1) {
        return new CertificateAuthority(
            certificates.get(1), certificates.get(0), pem.keys().get(0));
      }
    } catch (GeneralSecurityException e) {
      throw damaged(ISSUING, "it cannot be read", e);
    }
    throw damaged(ISSUING, "it does not hold two certificates and a key", null);
  }

  private static Instant end(CertificateAuthority ca) {
    Instant root = ca.root().getNotAfter().toInstant();
    Instant issuing = ca.issuing().getNotAfter().toInstant();
    return root.isBefore(issuing) ? root : issuing;
  }

  private static String rootText(CertificateAuthority ca) {
    return new Pem(List.of(ca.root()), List.of()).text();
  }

  private TlsFolderException damaged(String name, String what, @Nullable Throwable cause) {
    return new TlsFolderException(
        folder.path().resolve(name)
            + ": "
            + what
            + ". Put the right file back, or delete "
            + ROOT
            + " and "
            + ISSUING
            + " there and trust the new "
            + ROOT
            + " that the next start makes.",
        cause);
  }
}
