package localhsm.server.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A Java client with the written trust store")
class JavaClientTest {
  @TempDir static Path folder;
  private static Chains chains;

  @BeforeAll
  static void open() {
    chains = Chains.in(folder);
  }

  @Test
  void acceptsEveryWantedName() throws Exception {
    try (TlsServer server = start(chains.served())) {
      for (String name : Chains.WANTED) {
        assertThatCode(() -> connect(chains, server, name)).as(name).doesNotThrowAnyException();
      }
    }
  }

  @Test
  void refusesWhateverTheIssuingKeySignsBeyondThem() throws Exception {
    for (Map.Entry<String, Chains.Chain> hostile : chains.hostile().entrySet()) {
      try (TlsServer server = start(hostile.getValue())) {
        assertThatThrownBy(() -> connect(chains, server, hostile.getKey()))
            .as(hostile.getKey())
            .isInstanceOf(SSLException.class)
            .hasMessageContaining("PKIX path validation failed");
      }
    }
  }

  @Nested
  @DisplayName("of a server with names of its own")
  class OwnNames {
    @Test
    void acceptsThem(@TempDir Path other) throws Exception {
      Chains own = Chains.in(other, "vault.corp.example", "10.0.0.1", "2001:db8::a");
      try (TlsServer server = start(own.served())) {
        for (String name : new String[] {"vault.corp.example", "10.0.0.1", "2001:db8::a", "::1"}) {
          assertThatCode(() -> connect(own, server, name)).as(name).doesNotThrowAnyException();
        }
      }
    }

    @Test
    void refusesOthers(@TempDir Path other) throws Exception {
      Chains own = Chains.in(other, "vault.corp.example", "10.0.0.1");
      for (String name : new String[] {"corp.example", "10.0.0.2"}) {
        try (TlsServer server = start(own.forNames(name))) {
          assertThatThrownBy(() -> connect(own, server, name)).isInstanceOf(SSLException.class);
        }
      }
    }
  }

  @Test
  void trustsThePublicCasAsBefore() throws Exception {
    KeyStore store =
        KeyStore.getInstance(
            chains.good().trust().trustStore().toFile(), TrustFiles.PASSWORD.toCharArray());
    for (var ca : SystemCas.ofThisMachine().javaCas()) {
      assertThat(store.getCertificateAlias(ca)).isNotNull();
    }
    assertThat(store.size()).isEqualTo(SystemCas.ofThisMachine().javaCas().size() + 1);
  }

  private static TlsServer start(Chains.Chain chain) throws Exception {
    return TlsServer.start(chain.certificates(), chain.key());
  }

  private static void connect(Chains trusted, TlsServer server, String name)
      throws IOException, GeneralSecurityException {
    KeyStore store =
        KeyStore.getInstance(
            trusted.good().trust().trustStore().toFile(), TrustFiles.PASSWORD.toCharArray());
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), server.port());
        SSLSocket socket =
            (SSLSocket) context.getSocketFactory().createSocket(plain, name, server.port(), true)) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      socket.startHandshake();
    }
  }
}
