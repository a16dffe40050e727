package localhsm.server.certificates;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;

/** A certificate and its private key, which belong together. */
record KeyedCertificate(X509Certificate certificate, PrivateKey key) {
  static final String SIGNATURE = "SHA256withECDSA";

  /** Whether the key is the certificate's, by a signature and its check. */
  boolean matches() {
    try {
      byte[] probe = {1};
      Signature signature = Signature.getInstance(SIGNATURE);
      signature.initSign(key);
      signature.update(probe);
      byte[] made = signature.sign();
      signature.initVerify(certificate.getPublicKey());
      signature.update(probe);
      return signature.verify(made);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** Whether the certificate bears the signature of the issuer's key. */
  boolean issuedBy(X509Certificate issuer) {
    return issued(certificate, issuer);
  }

  static boolean issued(X509Certificate certificate, X509Certificate issuer) {
    try {
      certificate.verify(issuer.getPublicKey());
      return certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal());
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** Names the certificate, never the key. */
  @Override
  public String toString() {
    return "KeyedCertificate[" + certificate.getSubjectX500Principal() + "]";
  }
}
