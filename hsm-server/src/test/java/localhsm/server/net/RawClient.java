package localhsm.server.net;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Sends any bytes over the JDK's TLS and reads answers with the simplest of parsers. */
final class RawClient implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 30_000;

  final Socket tcp;
  final SSLSocket tls;
  private final InputStream in;

  private RawClient(Socket tcp, SSLSocket tls) throws IOException {
    this.tcp = tcp;
    this.tls = tls;
    this.in = tls.getInputStream();
  }

  /** An answer as it came. */
  record Answer(int status, String head, String body) {
    boolean has(String line) {
      return head.contains("\r\n" + line + "\r\n");
    }
  }

  static RawClient connect(int port, String... protocols) {
    try {
      Socket tcp = tcp(port);
      SSLSocket tls =
          (SSLSocket) trusting().getSocketFactory().createSocket(tcp, "localhost", port, true);
      if (protocols.length > 0) {
        tls.setEnabledProtocols(protocols);
      }
      tls.startHandshake();
      return new RawClient(tcp, tls);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Socket tcp(int port) throws IOException {
    Socket tcp = new Socket();
    tcp.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
    tcp.setSoTimeout(TIMEOUT_MILLIS);
    tcp.setTcpNoDelay(true);
    return tcp;
  }

  static SSLContext trusting() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new TrustAll()}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  RawClient send(String text) {
    return send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  RawClient send(byte[] bytes) {
    try {
      tls.getOutputStream().write(bytes);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends as far as the server lets it. */
  RawClient sendIgnoringFailure(byte[] bytes) {
    try {
      tls.getOutputStream().write(bytes);
    } catch (IOException e) {
      // the server may close while it is being written to
    }
    return this;
  }

  Answer read() {
    String head = readHead();
    int length = 0;
    for (String line : head.split("\r\n", -1)) {
      if (line.startsWith("Content-Length: ")) {
        length = Integer.parseInt(line.substring("Content-Length: ".length()));
      }
    }
    try {
      String body = new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
      return new Answer(Integer.parseInt(head.substring(9, 12)), head, body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Status line and header, up to the empty line. */
  String readHead() {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    String text = "";
    try {
      while (!text.endsWith("\r\n\r\n")) {
        int next = in.read();
        if (next < 0) {
          throw new AssertionError("closed after: " + text);
        }
        head.write(next);
        text = head.toString(StandardCharsets.ISO_8859_1);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text;
  }

  /** Whether the connection ends without another byte; waits for it. */
  boolean closed() {
    try {
      return in.read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (SSLException | SocketException e) {
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same, waiting only so long. */
  boolean closedWithin(int millis) {
    try {
      tcp.setSoTimeout(millis);
      return closed();
    } catch (SocketException e) {
      return true;
    }
  }

  /** Ends with a reset instead of a goodbye. */
  void reset() {
    try {
      tcp.setSoLinger(true, 0);
      tcp.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      tls.close();
    } catch (IOException e) {
      // already gone
    }
  }

  private static final class TrustAll extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
