package localhsm.server.certificates;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The files by which clients trust the server. The root alone is always there; the two that hold
 * the machine's CAs as well, for clients whose setting replaces those, are made by {@link #write},
 * which may run beside the rest of a start.
 */
public final class TrustFiles {
  /** The password of the trust store, which protects nothing. */
  public static final String PASSWORD = SystemCas.PASSWORD;

  private static final String TRUST_STORE = "truststore.p12";
  private static final String BUNDLE = "ca-bundle.pem";
  private static final String STAMP = "trust.stamp";

  private final TlsFolder folder;
  private final X509Certificate root;
  private final SystemCas system;

  TrustFiles(TlsFolder folder, X509Certificate root, SystemCas system) {
    this.folder = folder;
    this.root = root;
    this.system = system;
  }

  /** The root alone, as PEM. */
  public Path caPem() {
    return folder.path().resolve(AuthorityFiles.ROOT).toAbsolutePath();
  }

  /** The root and the JDK's default CAs, as PKCS#12. */
  public Path trustStore() {
    return folder.path().resolve(TRUST_STORE).toAbsolutePath();
  }

  /** The root and the system's CAs, as PEM. */
  public Path bundle() {
    return folder.path().resolve(BUNDLE).toAbsolutePath();
  }

  /** Whether {@link #write} has nothing to do. */
  public boolean current() {
    return Files.exists(trustStore())
        && Files.exists(bundle())
        && folder.read(STAMP).equals(Optional.of(stamp()));
  }

  /**
   * Makes trust store and bundle, unless they are there and what they were made from is as it was.
   */
  public void write() {
    folder.locked(
        () -> {
          if (!current()) {
            // Without its stamp a half-made pair is made again.
            folder.delete(STAMP);
            String ca = new Pem(List.of(root), List.of()).text();
            folder.write(BUNDLE, system.pem().stripTrailing() + "\n" + ca);
            folder.write(TRUST_STORE, keyStore());
            folder.write(STAMP, stamp());
          }
          return true;
        });
  }

  private byte[] keyStore() {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setCertificateEntry("localhsm", root);
      int count = 0;
      for (X509Certificate ca : system.javaCas()) {
        store.setCertificateEntry("jdk" + count++, ca);
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      store.store(bytes, PASSWORD.toCharArray());
      return bytes.toByteArray();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String stamp() {
    String ca = HexFormat.of().formatHex(Digests.sha256(Pem.encoded(root)));
    return ca + "\n" + system.fingerprint() + "\n";
  }
}
