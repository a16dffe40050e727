package localhsm.server.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.URL;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import localhsm.server.app.ReadyState;

/**
 * Asks a running server of this machine, by {@code localhost}, because its own names may not
 * resolve here. Trusts its CA alone; every call ends within seconds.
 */
final class LocalClient {
  private static final int CONNECT_MILLIS = 3_000;
  private static final int SECONDS = 10;
  private static final int MAX_ANSWER = 1 << 20;

  private final ReadyState server;

  LocalClient(ReadyState server) {
    this.server = server;
  }

  /** What the server said. */
  record Answer(int status, String body) {

    /** Tells no body: it may hold a token. */
    @Override
    public String toString() {
      return "Answer[" + status + "]";
    }
  }

  Answer get(String path) {
    return within(() -> exchange(path, new byte[0]));
  }

  Answer post(String path, Map<String, String> form) {
    String body =
        form.entrySet().stream()
            .map(e -> encoded(e.getKey()) + "=" + encoded(e.getValue()))
            .collect(Collectors.joining("&"));
    return within(() -> exchange(path, body.getBytes(StandardCharsets.US_ASCII)));
  }

  /** On a thread of its own, because neither name look-ups nor slow answers have an end. */
  private Answer within(Callable<Answer> call) {
    FutureTask<Answer> task = new FutureTask<>(call);
    Thread thread = new Thread(task, "local-call");
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new CommandFailed(1, server.hsmUrl() + " did not answer in " + SECONDS + " seconds");
    } catch (ExecutionException e) {
      throw new CommandFailed(1, server.hsmUrl() + " cannot be asked: " + e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailed(1, "interrupted");
    }
  }

  private Answer exchange(String path, byte[] form) throws IOException, GeneralSecurityException {
    int port = URI.create(server.hsmUrl()).getPort();
    URL url = URI.create("https://localhost:" + (port < 0 ? 443 : port) + path).toURL();
    HttpsURLConnection connection = (HttpsURLConnection) url.openConnection(Proxy.NO_PROXY);
    connection.setSSLSocketFactory(trusting(server.caPem()).getSocketFactory());
    connection.setConnectTimeout(CONNECT_MILLIS);
    connection.setReadTimeout(SECONDS * 1_000);
    connection.setInstanceFollowRedirects(false);
    if (form.length > 0) {
      connection.setDoOutput(true);
      try (OutputStream out = connection.getOutputStream()) {
        out.write(form);
      }
    }
    return answer(connection);
  }

  private static Answer answer(HttpURLConnection connection) throws IOException {
    int status = connection.getResponseCode();
    try (InputStream in =
        status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
      return new Answer(
          status, in == null ? "" : new String(in.readNBytes(MAX_ANSWER), StandardCharsets.UTF_8));
    }
  }

  private static SSLContext trusting(Path pem) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream in = Files.newInputStream(pem)) {
      for (Certificate ca : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("ca" + store.size(), ca);
      }
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
