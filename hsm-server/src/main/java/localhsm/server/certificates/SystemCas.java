package localhsm.server.certificates;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The CAs this machine trusts already.
 *
 * @param bundles where systems keep them as PEM; the first that exists counts
 * @param javaStore the JDK's own
 */
record SystemCas(List<Path> bundles, Path javaStore) {
  /** The password with which every JDK ships its store of CAs; it protects nothing. */
  static final String PASSWORD = "changeit";

  /** Those of the running JDK, and the usual places of Linux distributions and macOS. */
  static SystemCas ofThisMachine() {
    return new SystemCas(
        List.of(
            Path.of("/etc/ssl/certs/ca-certificates.crt"),
            Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
            Path.of("/etc/ssl/ca-bundle.pem"),
            Path.of("/etc/ssl/cert.pem")),
        Path.of(System.getProperty("java.home"), "lib", "security", "cacerts"));
  }

  /** Changes whenever one of the files does; reads none of them. */
  String fingerprint() {
    return fingerprint(javaStore) + "\n" + bundle().map(SystemCas::fingerprint).orElse("none");
  }

  /** The JDK's default CAs; none when it has no store, or one with a password of its own. */
  List<X509Certificate> javaCas() {
    try {
      KeyStore store = KeyStore.getInstance(javaStore.toFile(), PASSWORD.toCharArray());
      List<X509Certificate> found = new ArrayList<>();
      for (String alias : Collections.list(store.aliases())) {
        if (store.getCertificate(alias) instanceof X509Certificate certificate) {
          found.add(certificate);
        }
      }
      return found;
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      return List.of();
    }
  }

  /** The system's CAs as PEM; the JDK's where the system has no such file. */
  String pem() {
    Optional<String> system = bundle().flatMap(SystemCas::read);
    return system.orElseGet(() -> new Pem(javaCas(), List.of()).text());
  }

  private Optional<Path> bundle() {
    return bundles.stream().filter(Files::isReadable).findFirst();
  }

  private static Optional<String> read(Path file) {
    try {
      return Optional.of(Files.readString(file, ISO_8859_1));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String fingerprint(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return file + " " + attributes.size() + " " + attributes.lastModifiedTime();
    } catch (IOException e) {
      return file + " unreadable";
    }
  }
}
