package localhsm.server.certificates;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/**
 * A root that clients trust and the CA below it that issues; the root's key is gone.
 *
 * @param key the issuing CA's
 */
record CertificateAuthority(X509Certificate root, X509Certificate issuing, PrivateKey key) {

  /** Names the root, never the key. */
  @Override
  public String toString() {
    return "CertificateAuthority[" + root.getSubjectX500Principal() + "]";
  }
}
