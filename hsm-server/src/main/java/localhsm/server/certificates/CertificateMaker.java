package localhsm.server.certificates;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;

/** Makes keys and certificates (RFC 5280): EC P-256 throughout, signed with ECDSA and SHA-256. */
final class CertificateMaker {
  static final Duration CA_LIFE = Duration.ofDays(3650);
  static final Duration LEAF_LIFE = Duration.ofDays(365);

  /** Clients whose clock is a little behind must not refuse a certificate made just now. */
  static final Duration BACKDATED = Duration.ofHours(1);

  private static final int MARK_BYTES = 4;
  private static final int SERIAL_BITS = 126;

  private final Clock clock;
  private final SecureRandom random;

  CertificateMaker(Clock clock, SecureRandom random) {
    this.clock = clock;
    this.random = random;
  }

  /** A root and an issuing CA under it, unlike any made before; the root's key is dropped here. */
  CertificateAuthority authority(PermittedNames names) {
    byte[] bytes = new byte[MARK_BYTES];
    random.nextBytes(bytes);
    String mark = HexFormat.of().formatHex(bytes);
    KeyPair rootKeys = newKeys();
    KeyPair issuingKeys = newKeys();
    Issuer root = Issuer.of(subject("Local HSM root CA " + mark), rootKeys);
    Issuer issuing = Issuer.of(subject("Local HSM issuing CA " + mark), issuingKeys);
    return new CertificateAuthority(
        ca(root, root, names, 1), ca(root, issuing, names, 0), issuing.key());
  }

  /** A server certificate of the CA for exactly these names and addresses. */
  KeyedCertificate leaf(CertificateAuthority ca, List<String> names) {
    Issuer issuer = Issuer.of(ca);
    KeyPair keys = newKeys();
    List<Extension> extensions = Extensions.leaf(keys.getPublic(), issuer.publicKey(), names);
    return new KeyedCertificate(
        issue(issuer, subject("Local HSM server"), keys.getPublic(), LEAF_LIFE, extensions),
        keys.getPrivate());
  }

  /** A certificate of the CA for a key that signs in the name of the HSM with these names. */
  X509Certificate signing(
      CertificateAuthority ca, String commonName, PublicKey key, List<String> names) {
    Issuer issuer = Issuer.of(ca);
    List<Extension> extensions = Extensions.signing(key, issuer.publicKey(), names);
    return issue(issuer, subject(commonName), key, LEAF_LIFE, extensions);
  }

  X509Certificate ca(Issuer by, Issuer whom, PermittedNames names, int pathLength) {
    List<Extension> extensions = Extensions.ca(whom.publicKey(), by.publicKey(), names, pathLength);
    return issue(by, whom.name(), whom.publicKey(), CA_LIFE, extensions);
  }

  KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static X500Name subject(String commonName) {
    return new X500NameBuilder(BCStyle.INSTANCE)
        .addRDN(BCStyle.O, "Local HSM")
        .addRDN(BCStyle.CN, commonName)
        .build();
  }

  X509Certificate issue(
      Issuer by, X500Name subject, PublicKey key, Duration life, List<Extension> extensions) {
    Instant from = clock.instant().minus(BACKDATED);
    X509v3CertificateBuilder builder =
        new X509v3CertificateBuilder(
            by.name(),
            new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS),
            Date.from(from),
            Date.from(from.plus(life)),
            subject,
            SubjectPublicKeyInfo.getInstance(key.getEncoded()));
    try {
      for (Extension extension : extensions) {
        builder.addExtension(extension);
      }
      byte[] encoded = builder.build(by.signer(random)).getEncoded();
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(encoded));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (CertificateException e) {
      throw new IllegalStateException(e);
    }
  }
}
