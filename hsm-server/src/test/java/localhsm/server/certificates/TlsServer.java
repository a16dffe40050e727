package localhsm.server.certificates;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/** The JDK's TLS server on a free port, which greets everybody and says nothing more. */
final class TlsServer implements AutoCloseable {
  private final SSLServerSocket socket;
  private final Thread thread;

  private TlsServer(SSLServerSocket socket) {
    this.socket = socket;
    this.thread = new Thread(this::serve, "tls-server");
  }

  static TlsServer start(List<X509Certificate> chain, PrivateKey key)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("server", key, new char[0], chain.toArray(Certificate[]::new));
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    TlsServer server =
        new TlsServer(
            (SSLServerSocket)
                context
                    .getServerSocketFactory()
                    .createServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    server.thread.start();
    return server;
  }

  int port() {
    return socket.getLocalPort();
  }

  private void serve() {
    while (!socket.isClosed()) {
      greet();
    }
  }

  private void greet() {
    try (Socket client = socket.accept()) {
      client.setSoTimeout(10_000);
      client.getInputStream().readAllBytes();
    } catch (IOException e) {
      // A client that refuses the certificate hangs up; close() ends the wait for the next one.
      return;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
