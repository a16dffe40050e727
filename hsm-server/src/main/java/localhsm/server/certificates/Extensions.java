package localhsm.server.certificates;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import localhsm.server.names.IpLiteral;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** What a certificate says about its key (RFC 5280 4.2). */
final class Extensions {
  private static final int KEY_ID_BYTES = 20;

  private Extensions() {}

  /** A CA that may issue for the permitted names alone, with so many CAs below it. */
  static List<Extension> ca(
      PublicKey subject, PublicKey issuer, PermittedNames names, int pathLength) {
    return List.of(
        critical(Extension.basicConstraints, new BasicConstraints(pathLength)),
        critical(Extension.keyUsage, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign)),
        critical(Extension.nameConstraints, constraints(names)),
        subjectKey(subject),
        issuerKey(issuer));
  }

  /** A TLS server of these names and addresses. */
  static List<Extension> leaf(PublicKey subject, PublicKey issuer, List<String> names) {
    List<Extension> all = new ArrayList<>(signing(subject, issuer, names));
    all.add(plain(Extension.extendedKeyUsage, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth)));
    return all;
  }

  /** Somebody of these names who signs. */
  static List<Extension> signing(PublicKey subject, PublicKey issuer, List<String> names) {
    GeneralName[] alternatives =
        names.stream().map(Extensions::general).toArray(GeneralName[]::new);
    return List.of(
        critical(Extension.basicConstraints, new BasicConstraints(false)),
        critical(Extension.keyUsage, new KeyUsage(KeyUsage.digitalSignature)),
        plain(Extension.subjectAlternativeName, new GeneralNames(alternatives)),
        subjectKey(subject),
        issuerKey(issuer));
  }

  private static NameConstraints constraints(PermittedNames names) {
    Stream<GeneralName> domains =
        names.domains().stream().map(d -> new GeneralName(GeneralName.dNSName, d));
    Stream<GeneralName> ranges =
        names.ranges().stream().map(r -> new GeneralName(GeneralName.iPAddress, r));
    return new NameConstraints(
        Stream.concat(domains, ranges).map(GeneralSubtree::new).toArray(GeneralSubtree[]::new),
        null);
  }

  private static GeneralName general(String name) {
    int type = IpLiteral.parse(name).isPresent() ? GeneralName.iPAddress : GeneralName.dNSName;
    return new GeneralName(type, name);
  }

  private static Extension subjectKey(PublicKey key) {
    return plain(Extension.subjectKeyIdentifier, new SubjectKeyIdentifier(keyId(key)));
  }

  private static Extension issuerKey(PublicKey key) {
    return plain(Extension.authorityKeyIdentifier, new AuthorityKeyIdentifier(keyId(key)));
  }

  /** The first 160 bits of the key's SHA-256 (RFC 7093 2, method 1). */
  private static byte[] keyId(PublicKey key) {
    byte[] bits = SubjectPublicKeyInfo.getInstance(key.getEncoded()).getPublicKeyData().getBytes();
    return Arrays.copyOf(Digests.sha256(bits), KEY_ID_BYTES);
  }

  private static Extension critical(ASN1ObjectIdentifier type, ASN1Encodable value) {
    return extension(type, true, value);
  }

  private static Extension plain(ASN1ObjectIdentifier type, ASN1Encodable value) {
    return extension(type, false, value);
  }

  private static Extension extension(
      ASN1ObjectIdentifier type, boolean critical, ASN1Encodable value) {
    try {
      return Extension.create(type, critical, value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
