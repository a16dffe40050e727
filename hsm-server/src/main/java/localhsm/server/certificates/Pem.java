package localhsm.server.certificates;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Certificates and at most one private key as text (RFC 7468), in the JDK's own objects.
 *
 * @param keys PKCS#8 keys, none or one in every file of ours
 */
record Pem(List<X509Certificate> certificates, List<PrivateKey> keys) {
  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";
  private static final String CERTIFICATE = "CERTIFICATE-----";
  private static final String KEY = "PRIVATE KEY-----";
  private static final int LINE = 64;

  /** Reads what {@link #text} wrote; anything else fails. */
  static Pem parse(String text) throws GeneralSecurityException {
    List<X509Certificate> certificates = new ArrayList<>();
    List<PrivateKey> keys = new ArrayList<>();
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    for (int at = text.indexOf(BEGIN); at >= 0; at = text.indexOf(BEGIN, at + 1)) {
      String from = text.substring(at + BEGIN.length());
      if (from.startsWith(CERTIFICATE)) {
        byte[] encoded = body(from, CERTIFICATE);
        certificates.add(
            (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(encoded)));
      } else {
        byte[] encoded = body(from, KEY);
        keys.add(KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded)));
        Arrays.fill(encoded, (byte) 0);
      }
    }
    return new Pem(certificates, keys);
  }

  String text() {
    StringBuilder text = new StringBuilder();
    for (X509Certificate certificate : certificates) {
      text.append(block(CERTIFICATE, encoded(certificate)));
    }
    for (PrivateKey key : keys) {
      text.append(block(KEY, key.getEncoded()));
    }
    return text.toString();
  }

  static byte[] encoded(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] body(String from, String label) throws GeneralSecurityException {
    int end = from.indexOf(END + label);
    if (!from.startsWith(label) || end < 0) {
      throw new GeneralSecurityException("a PEM block is cut short or of another kind");
    }
    try {
      return Base64.getMimeDecoder().decode(from.substring(label.length(), end));
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("a PEM block is not base64", e);
    }
  }

  private static String block(String label, byte[] content) {
    byte[] newline = {'\n'};
    String lines = Base64.getMimeEncoder(LINE, newline).encodeToString(content);
    return BEGIN + label + "\n" + lines + "\n" + END + label + "\n";
  }

  /** Counts, never the keys. */
  @Override
  public String toString() {
    return "Pem[" + certificates.size() + " certificates, " + keys.size() + " keys]";
  }
}
