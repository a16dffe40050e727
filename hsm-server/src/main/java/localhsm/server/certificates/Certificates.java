package localhsm.server.certificates;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import localhsm.server.names.ServedNames;

/**
 * Opens the folder that holds the server's CA, and makes there what is missing. Names outside the
 * families have a CA of their own, in a sub-folder, so that a CA that many projects trust is never
 * widened.
 */
public final class Certificates {
  private static final int FOLDER_NAME_BYTES = 8;

  private final Clock clock;
  private final CertificateMaker maker;
  private final SystemCas system;

  /** Certificates by this clock, which must be the real one: clients judge them by theirs. */
  public Certificates(Clock clock, SecureRandom random) {
    this(clock, random, SystemCas.ofThisMachine());
  }

  Certificates(Clock clock, SecureRandom random, SystemCas system) {
    this.clock = clock;
    this.maker = new CertificateMaker(clock, random);
    this.system = system;
  }

  /** Everything is kept in the folder: a restart presents the same certificate. */
  public ServerCertificate open(Path folder, ServedNames names) {
    return open(
        folder, names, (tls, ca) -> new LeafFile(tls, maker, clock).open(ca, LeafNames.of(names)));
  }

  /**
   * Only the CA is kept in the folder; the server's own certificate lives as long as the process.
   */
  public ServerCertificate openWithoutServerKey(Path folder, ServedNames names) {
    return open(folder, names, (tls, ca) -> maker.leaf(ca, LeafNames.of(names)));
  }

  private ServerCertificate open(Path folder, ServedNames names, LeafSource leaves) {
    List<String> beyond = PermittedNames.beyondShared(LeafNames.of(names));
    List<String> notices = new ArrayList<>();
    TlsFolder tls = new TlsFolder(beyond.isEmpty() ? folder : folder.resolve(folderName(beyond)));
    if (!beyond.isEmpty()) {
      notices.add(
          "The shared CA does not cover "
              + String.join(", ", beyond)
              + ": this server has a CA of its own, "
              + tls.path().resolve(AuthorityFiles.ROOT)
              + ".");
    }
    return tls.locked(
        () -> {
          CertificateAuthority ca =
              new AuthorityFiles(tls, maker, clock)
                  .open(PermittedNames.SHARED.and(beyond), notices);
          KeyedCertificate leaf = leaves.leaf(tls, ca);
          return new ServerCertificate(
              List.of(leaf.certificate(), ca.issuing()),
              leaf.key(),
              new SigningCertificates(ca, maker, clock, LeafNames.ofHsm(names)),
              new TrustFiles(tls, ca.root(), system),
              notices);
        });
  }

  private static String folderName(List<String> names) {
    byte[] hash = Digests.sha256(String.join("\n", names).getBytes(UTF_8));
    return HexFormat.of().formatHex(hash, 0, FOLDER_NAME_BYTES);
  }

  private interface LeafSource {
    KeyedCertificate leaf(TlsFolder folder, CertificateAuthority ca);
  }
}
