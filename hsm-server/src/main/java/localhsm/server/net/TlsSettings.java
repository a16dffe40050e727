package localhsm.server.net;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * The server's identity and who speaks TLS for it. The key never shows in {@code toString}.
 *
 * @param chain leaf first; its key is an EC key
 * @param key private key of the leaf
 */
public record TlsSettings(List<X509Certificate> chain, PrivateKey key, TlsEngine engine) {

  /** Keeps its own copy of the chain. */
  public TlsSettings {
    chain = List.copyOf(chain);
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("a certificate is needed");
    }
  }

  @Override
  public String toString() {
    return "TlsSettings[" + chain.get(0).getSubjectX500Principal() + ", " + engine + "]";
  }
}
