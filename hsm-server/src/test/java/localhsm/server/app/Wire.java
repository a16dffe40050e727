package localhsm.server.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import localhsm.schema.AnswerCheck;
import localhsm.schema.SeenAnswer;

/**
 * One TLS connection, kept from request to request; trusts the server's CA file and nothing else.
 * Every answer of the data plane is held against the schemas.
 */
final class Wire implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 30_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final AnswerCheck schemas = new AnswerCheck();
  private final String host;
  private final SSLSocket socket;
  private final InputStream in;

  /** An answer; header names in lower case. */
  record Answer(int status, Map<String, List<String>> headers, String body) {
    String header(String name) {
      return String.join("|", headers.getOrDefault(name, List.of()));
    }

    boolean last() {
      return header("connection").equals("close");
    }

    JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (IOException e) {
        throw new AssertionError("no JSON: " + body, e);
      }
    }
  }

  private Wire(String host, SSLSocket socket) throws IOException {
    this.host = host;
    this.socket = socket;
    this.in = socket.getInputStream();
  }

  /** Connects to the server behind an origin such as {@code https://localhost:9443}. */
  static Wire connect(String origin, Path caPem) {
    URI uri = URI.create(origin);
    try {
      Socket tcp = new Socket();
      tcp.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), uri.getPort()));
      tcp.setSoTimeout(TIMEOUT_MILLIS);
      SSLSocket tls =
          (SSLSocket)
              trusting(caPem)
                  .getSocketFactory()
                  .createSocket(tcp, uri.getHost(), uri.getPort(), true);
      SSLParameters parameters = tls.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      tls.setSSLParameters(parameters);
      tls.startHandshake();
      return new Wire(uri.getRawAuthority(), tls);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SSLContext trusting(Path caPem) throws IOException {
    try (InputStream pem = Files.newInputStream(caPem)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      int count = 0;
      for (Certificate ca : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
        store.setCertificateEntry("ca-" + count++, ca);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** The certificate that the server showed. */
  Certificate leaf() throws IOException {
    return socket.getSession().getPeerCertificates()[0];
  }

  /**
   * Sends a request.
   *
   * @param fields header lines, each with its line end
   */
  Answer send(String verb, String target, String fields, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String length = bytes.length > 0 ? "Content-Length: " + bytes.length + "\r\n" : "";
    String hosted = fields.contains("Host: ") ? fields : "Host: " + host + "\r\n" + fields;
    write(
        (verb + " " + target + " HTTP/1.1\r\n" + hosted + length + "\r\n")
            .getBytes(StandardCharsets.ISO_8859_1),
        bytes);
    Answer answer = read(verb.equals("HEAD"));
    schemas.check(new SeenAnswer(verb, target, answer.status(), answer.headers(), answer.body()));
    return answer;
  }

  /** The operations that were answered with success on this connection. */
  Set<String> succeeded() {
    return schemas.succeeded();
  }

  /** Sends a request with a bearer token. */
  Answer as(String token, String verb, String target, String body) {
    return send(verb, target, bearer(token), body);
  }

  static String bearer(String token) {
    return "Authorization: Bearer " + token + "\r\n";
  }

  private void write(byte[] head, byte[] body) {
    byte[] all = new byte[head.length + body.length];
    System.arraycopy(head, 0, all, 0, head.length);
    System.arraycopy(body, 0, all, head.length, body.length);
    try {
      socket.getOutputStream().write(all);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Answer read(boolean bodiless) {
    try {
      String status = line();
      Map<String, List<String>> headers = new HashMap<>();
      for (String line = line(); !line.isEmpty(); line = line()) {
        int colon = line.indexOf(": ");
        headers
            .computeIfAbsent(
                line.substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
            .add(line.substring(colon + 2));
      }
      int length = Integer.parseInt(headers.getOrDefault("content-length", List.of("0")).get(0));
      byte[] body = in.readNBytes(bodiless ? 0 : length);
      return new Answer(
          Integer.parseInt(status.substring(9, 12)),
          headers,
          new String(body, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException("closed after: " + line);
      }
      line.append((char) next);
    }
    return line.substring(0, line.length() - 1);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // already gone
    }
  }
}
