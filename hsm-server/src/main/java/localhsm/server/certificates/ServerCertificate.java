package localhsm.server.certificates;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What the TLS server presents.
 *
 * @param chain the server's own certificate and the CA that issued it; clients hold the root
 * @param key the key of the first certificate: the JDK's own object, which every TLS engine takes
 * @param signing certificates of the same CA for keys that sign what the HSM says
 * @param trust the files by which clients trust the chain
 * @param notices what the user should know, such as that trust has to be given anew
 */
public record ServerCertificate(
    List<X509Certificate> chain,
    PrivateKey key,
    SigningCertificates signing,
    TrustFiles trust,
    List<String> notices) {

  /** Keeps its own copies. */
  public ServerCertificate {
    chain = List.copyOf(chain);
    notices = List.copyOf(notices);
  }

  /** Names the certificate, never the key. */
  @Override
  public String toString() {
    return "ServerCertificate[" + chain.get(0).getSubjectX500Principal() + "]";
  }
}
