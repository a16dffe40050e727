package localhsm.server.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("TLS")
@ParameterizedClass
@EnumSource(
    value = TlsEngine.class,
    names = {"OPENSSL", "JDK"})
class TlsTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
  private static final int ALERT = 0x15;

  private final TestServer server;

  TlsTest(TlsEngine engine) {
    server = TestServer.start(engine, FakeService.echo());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private SSLSocket socket() throws IOException {
    return (SSLSocket)
        RawClient.trusting()
            .getSocketFactory()
            .createSocket(RawClient.tcp(server.port()), "localhost", server.port(), true);
  }

  @Nested
  class Accepts {
    @ParameterizedTest
    @CsvSource({
      "TLSv1.3,TLS_AES_128_GCM_SHA256",
      "TLSv1.3,TLS_AES_256_GCM_SHA384",
      "TLSv1.3,TLS_CHACHA20_POLY1305_SHA256",
      "TLSv1.2,TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
      "TLSv1.2,TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
      "TLSv1.2,TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256"
    })
    void authenticatedEncryption(String protocol, String suite) throws IOException {
      try (SSLSocket socket = socket()) {
        socket.setEnabledProtocols(new String[] {protocol});
        socket.setEnabledCipherSuites(new String[] {suite});
        socket.startHandshake();

        assertThat(socket.getSession().getCipherSuite()).isEqualTo(suite);
        assertThat(socket.getApplicationProtocol()).isEmpty();
      }
    }

    @Test
    void aClientThatWouldRatherHaveAnotherProtocol() throws IOException {
      try (SSLSocket socket = socket()) {
        var parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
        socket.setSSLParameters(parameters);
        socket.startHandshake();

        assertThat(socket.getApplicationProtocol()).isEmpty();
      }
    }
  }

  @Nested
  class Refuses {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384"
        })
    void otherSuites(String suite) throws IOException {
      try (SSLSocket socket = socket()) {
        socket.setEnabledProtocols(new String[] {"TLSv1.2"});
        socket.setEnabledCipherSuites(new String[] {suite});

        assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLException.class);
      }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void olderVersions(int minor) throws IOException {
      try (Socket tcp = RawClient.tcp(server.port())) {
        tcp.getOutputStream().write(clientHello(minor));
        byte[] answer = tcp.getInputStream().readAllBytes();

        assertThat(answer).isNotEmpty();
        assertThat(answer[0]).isEqualTo((byte) ALERT);
      }
    }

    @Test
    void toNegotiateAgain() throws IOException {
      try (RawClient client = RawClient.connect(server.port(), "TLSv1.2")) {
        assertThat(client.send(GET).read().status()).isEqualTo(200);

        assertThatThrownBy(
                () -> {
                  client.tls.startHandshake();
                  client.send(GET).read();
                })
            .isInstanceOfAny(IOException.class, UncheckedIOException.class, AssertionError.class);
      }
    }

    @Test
    void toSpeakWithoutTls() throws IOException {
      try (Socket tcp = RawClient.tcp(server.port())) {
        tcp.getOutputStream().write(GET.getBytes(StandardCharsets.US_ASCII));
        byte[] answer = tcp.getInputStream().readAllBytes();

        assertThat(new String(answer, StandardCharsets.ISO_8859_1)).doesNotContain("HTTP");
      }
    }
  }

  @Nested
  class SeenByOpenSsl {
    private String run(String input, String... options) throws IOException, InterruptedException {
      assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")));
      List<String> command = new ArrayList<>(List.of("/usr/bin/openssl", "s_client", "-connect"));
      command.add("127.0.0.1:" + server.port());
      command.addAll(List.of(options));
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().write(input.getBytes(StandardCharsets.US_ASCII));
      process.getOutputStream().flush();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      return output;
    }

    private static final String LAST =
        "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    @Test
    void speaksVersion13() throws IOException, InterruptedException {
      assertThat(run(LAST, "-quiet", "-tls1_3")).contains("HTTP/1.1 200 OK");
    }

    @Test
    void hasNeitherCompressionNorAlpn() throws IOException, InterruptedException {
      assertThat(run("Q\n", "-tls1_2", "-alpn", "h2"))
          .contains("Compression: NONE")
          .contains("No ALPN negotiated");
    }

    @Test
    void doesNotSpeakVersion11() throws IOException, InterruptedException {
      assertThat(run(LAST, "-tls1_1", "-cipher", "ALL:@SECLEVEL=0")).contains("alert");
    }

    @Test
    void doesNotNegotiateAgain() throws IOException, InterruptedException {
      assertThat(run("R\n" + LAST, "-tls1_2")).doesNotContain("HTTP/1.1 200 OK");
    }
  }

  /** A hello of version 3.minor + 1 that offers what such clients offered. */
  private static byte[] clientHello(int minor) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(new byte[] {3, (byte) minor});
    body.writeBytes(new byte[32]);
    body.write(0);
    byte[] suites = {(byte) 0xC0, 0x09, (byte) 0xC0, 0x0A, (byte) 0xC0, 0x13, 0, 0x2F};
    body.writeBytes(new byte[] {0, (byte) suites.length});
    body.writeBytes(suites);
    body.writeBytes(new byte[] {1, 0});
    byte[] groups = {0, 10, 0, 4, 0, 2, 0, 23, 0, 11, 0, 2, 1, 0};
    body.writeBytes(new byte[] {0, (byte) groups.length});
    body.writeBytes(groups);
    int length = body.size();
    ByteArrayOutputStream record = new ByteArrayOutputStream();
    record.writeBytes(new byte[] {0x16, 3, (byte) minor, 0, (byte) (length + 4)});
    record.writeBytes(new byte[] {1, 0, 0, (byte) length});
    record.writeBytes(body.toByteArray());
    return record.toByteArray();
  }
}
