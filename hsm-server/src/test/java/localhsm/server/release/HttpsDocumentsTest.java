package localhsm.server.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import localhsm.server.certificates.Certificates;
import localhsm.server.certificates.ServerCertificate;
import localhsm.server.names.NameFamily;
import localhsm.server.names.ServedNames;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpsDocumentsTest {
  @TempDir Path folder;
  private final AtomicInteger requests = new AtomicInteger();
  private HttpsServer server;
  private SSLContext tls;

  @BeforeEach
  void serve() throws Exception {
    ServerCertificate certificate =
        new Certificates(Clock.systemUTC(), new SecureRandom())
            .open(folder, new ServedNames("hsm1", NameFamily.ALL, Set.of()));
    tls = tls(certificate);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    server.createContext(
        "/good", exchange -> answer(exchange, 200, "{}".getBytes(StandardCharsets.UTF_8)));
    server.createContext("/large", exchange -> answer(exchange, 200, new byte[256 * 1024 + 1]));
    server.createContext("/most", exchange -> answer(exchange, 200, new byte[256 * 1024]));
    server.createContext(
        "/gone", exchange -> answer(exchange, 404, "{}".getBytes(StandardCharsets.UTF_8)));
    server.createContext(
        "/moved",
        exchange -> {
          exchange.getResponseHeaders().add("Location", "/good");
          answer(exchange, 302, new byte[0]);
        });
    server.start();
  }

  private static SSLContext tls(ServerCertificate certificate) throws Exception {
    KeyStore own = KeyStore.getInstance("PKCS12");
    own.load(null, null);
    own.setKeyEntry(
        "own", certificate.key(), new char[0], certificate.chain().toArray(Certificate[]::new));
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(own, new char[0]);
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("issuing", certificate.chain().get(1));
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    requests.incrementAndGet();
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private byte[] get(String scheme, String path) {
    URI address = URI.create(scheme + "://localhost:" + server.getAddress().getPort() + path);
    return new HttpsDocuments(() -> HttpClient.newBuilder().sslContext(tls).build())
        .get(address)
        .toCompletableFuture()
        .join();
  }

  @Nested
  class ADocument {
    @Test
    void isTheContentOfA200() {
      assertThat(get("https", "/good")).asString().isEqualTo("{}");
    }

    @Test
    void isNothingElse() {
      assertThatThrownBy(() -> get("https", "/gone")).hasMessageContaining("404");
    }

    @Test
    void isNotFollowedElsewhere() {
      assertThatThrownBy(() -> get("https", "/moved")).hasMessageContaining("302");
      assertThat(requests).hasValue(1);
    }

    @Test
    void has256KibibytesAtMost() {
      assertThat(get("https", "/most")).hasSize(256 * 1024);
      assertThatThrownBy(() -> get("https", "/large")).hasMessageContaining("262144 bytes");
    }

    @Test
    void comesThroughTlsOnly() {
      assertThatThrownBy(() -> get("http", "/good")).hasMessageContaining("not an https address");
      assertThat(requests).hasValue(0);
    }

    @Test
    void comesFromWhoHasATrustedCertificateOnly() {
      HttpsDocuments documents = HttpsDocuments.ofThisMachine();
      URI address = URI.create("https://localhost:" + server.getAddress().getPort() + "/good");
      assertThatThrownBy(() -> documents.get(address).toCompletableFuture().join())
          .hasMessageContaining("SSL");
      assertThat(requests).hasValue(0);
    }
  }
}
