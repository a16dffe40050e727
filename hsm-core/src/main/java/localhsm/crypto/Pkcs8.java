package localhsm.crypto;

import java.io.IOException;
import java.io.UncheckedIOException;
import localhsm.secret.SecretBytes;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/** The DER form of private keys (RFC 5958). */
final class Pkcs8 {

  private Pkcs8() {}

  /** Reads the parts of a key; what is wrong with one shows as an exception of any of its kinds. */
  interface Reader<T> {
    T read(AlgorithmIdentifier algorithm, ASN1Encodable key) throws IOException;
  }

  static <T> T read(SecretBytes pkcs8, Reader<T> reader) {
    try {
      PrivateKeyInfo info = PrivateKeyInfo.getInstance(pkcs8.expose());
      return reader.read(info.getPrivateKeyAlgorithm(), info.parsePrivateKey());
    } catch (IOException | IllegalArgumentException | IllegalStateException e) {
      // Without the cause: a parser's text may quote what it read.
      throw new IllegalArgumentException("not a private key of the HSM");
    }
  }

  static SecretBytes write(AlgorithmIdentifier algorithm, ASN1Encodable key) {
    try {
      return SecretBytes.owning(new PrivateKeyInfo(algorithm, key).getEncoded(ASN1Encoding.DER));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
