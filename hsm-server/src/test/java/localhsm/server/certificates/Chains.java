package localhsm.server.certificates;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import localhsm.server.names.NameFamily;
import localhsm.server.names.ServedNames;
import org.bouncycastle.asn1.x509.Extension;

/** The server's chain in a folder, and chains that a thief of the issuing key could make. */
record Chains(ServerCertificate good, CertificateAuthority ca) {
  private static final CertificateMaker MAKER =
      new CertificateMaker(Clock.systemUTC(), new SecureRandom());

  /** Every name under which a client may come. */
  static final List<String> WANTED =
      List.of(
          "hsm1.managedhsm.localhost",
          "hsm9.managedhsm.localhost",
          "login.localhost",
          "management.localhost",
          "account.blob.localhost",
          "localhost",
          "hsm1.managedhsm.azure.net",
          "hsm9.managedhsm.azure.net",
          "login.microsoftonline.com",
          "management.azure.com",
          "account.blob.core.windows.net",
          "127.0.0.1",
          "::1");

  /** Names that no certificate of the shared CA may carry. */
  static final List<String> FOREIGN =
      List.of(
          "example.com",
          "login.microsoftonline.com.evil.test",
          "evilmanagedhsm.azure.net",
          "azure.net",
          "10.0.0.1",
          "128.0.0.1",
          "::2");

  record Chain(List<X509Certificate> certificates, PrivateKey key) {}

  static Chains in(Path folder, String... extra) {
    ServedNames names = new ServedNames("hsm1", NameFamily.ALL, Set.of(extra));
    ServerCertificate good =
        new Certificates(Clock.systemUTC(), new SecureRandom()).open(folder, names);
    good.trust().write();
    try {
      Path issuing = good.trust().caPem().resolveSibling(AuthorityFiles.ISSUING);
      Pem pem = Pem.parse(Files.readString(issuing, UTF_8));
      X509Certificate root = pem.certificates().get(1);
      return new Chains(
          good, new CertificateAuthority(root, good.chain().get(1), pem.keys().get(0)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  Chain served() {
    return new Chain(good.chain(), good.key());
  }

  /** What the issuing key can be made to sign, whatever the constraints say. */
  Chain forNames(String... names) {
    KeyedCertificate leaf = MAKER.leaf(ca, List.of(names));
    return new Chain(List.of(leaf.certificate(), ca.issuing()), leaf.key());
  }

  /** A certificate for a wanted name by a CA below the issuing CA. */
  Chain belowAnotherCa() {
    KeyPair keys = MAKER.newKeys();
    Issuer whom = Issuer.of(CertificateMaker.subject("below"), keys);
    X509Certificate below = MAKER.ca(Issuer.of(ca), whom, PermittedNames.SHARED, 0);
    KeyedCertificate leaf =
        MAKER.leaf(
            new CertificateAuthority(ca.root(), below, keys.getPrivate()), List.of("localhost"));
    return new Chain(List.of(leaf.certificate(), below, ca.issuing()), leaf.key());
  }

  /** A certificate without alternative names, for clients that fall back to the common name. */
  Chain byCommonName(String name) {
    KeyPair keys = MAKER.newKeys();
    Issuer by = Issuer.of(ca);
    List<Extension> extensions =
        Extensions.leaf(keys.getPublic(), by.publicKey(), List.of("localhost")).stream()
            .filter(e -> !e.getExtnId().equals(Extension.subjectAlternativeName))
            .toList();
    X509Certificate leaf =
        MAKER.issue(
            by,
            CertificateMaker.subject(name),
            keys.getPublic(),
            CertificateMaker.LEAF_LIFE,
            extensions);
    return new Chain(List.of(leaf, ca.issuing()), keys.getPrivate());
  }

  /** Foreign names each alone, and one hidden behind a wanted name; key: the name to ask for. */
  Map<String, Chain> hostile() {
    Map<String, Chain> chains = new LinkedHashMap<>();
    FOREIGN.forEach(name -> chains.put(name, forNames(name)));
    chains.put("hsm1.managedhsm.localhost", forNames("hsm1.managedhsm.localhost", "example.com"));
    chains.put("example.net", byCommonName("example.net"));
    chains.put("localhost", belowAnotherCa());
    return chains;
  }
}
