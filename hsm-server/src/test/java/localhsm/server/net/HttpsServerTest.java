package localhsm.server.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import localhsm.server.http.ActivityIds;
import localhsm.server.http.Response;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The server")
@ParameterizedClass
@EnumSource(
    value = TlsEngine.class,
    names = {"OPENSSL", "JDK"})
class HttpsServerTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";

  private final TlsEngine engine;

  HttpsServerTest(TlsEngine engine) {
    this.engine = engine;
  }

  private ServerSettings settings(List<InetAddress> addresses, int port) {
    return new ServerSettings(
        addresses,
        port,
        Identity.of(engine),
        Limits.DEFAULTS,
        FakeService.echo(),
        new ActivityIds(Clock.systemUTC(), 1));
  }

  @Nested
  class Listening {
    @Test
    void usesOnePortOnAllAddresses() throws IOException, GeneralSecurityException {
      List<InetAddress> loopback = HttpsServer.loopback();
      try (HttpsServer server = HttpsServer.start(settings(loopback, 0))) {
        assertThat(server.port()).isPositive();
        assertThat(server.addresses())
            .isEqualTo(
                loopback.stream().map(a -> new InetSocketAddress(a, server.port())).toList());
        for (InetSocketAddress address : server.addresses()) {
          try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
            assertThat(socket.isConnected()).isTrue();
          }
        }
      }
    }

    @Test
    void saysWhenThePortIsInUse() throws IOException {
      InetAddress address = InetAddress.getLoopbackAddress();
      try (ServerSocket other = new ServerSocket(0, 1, address)) {
        ServerSettings settings = settings(List.of(address), other.getLocalPort());

        assertThatThrownBy(() -> HttpsServer.start(settings).close())
            .isInstanceOf(PortInUseException.class)
            .hasMessageContaining(String.valueOf(other.getLocalPort()));
      }
    }

    @Test
    void takesNoAddressWhenOneIsInUse() throws IOException {
      InetAddress first = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      InetAddress second = InetAddress.getByAddress(new byte[] {127, 0, 0, 2});
      try (ServerSocket other = new ServerSocket(0, 1, second)) {
        int port = other.getLocalPort();
        ServerSettings settings = settings(List.of(first, second), port);

        assertThatThrownBy(() -> HttpsServer.start(settings).close())
            .isInstanceOf(PortInUseException.class);
        assertThatThrownBy(() -> new Socket(first, port).close())
            .isInstanceOf(ConnectException.class);
      }
    }

    @Test
    void failsOtherwiseOnAForeignAddress() throws IOException {
      InetAddress foreign = InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1});

      assertThatThrownBy(() -> HttpsServer.start(settings(List.of(foreign), 0)).close())
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(PortInUseException.class);
    }
  }

  @Nested
  class Stopping {
    private final CompletableFuture<Response> held = new CompletableFuture<>();
    private final CountDownLatch called = new CountDownLatch(1);
    private final FakeService holding =
        new FakeService(
            request -> {
              called.countDown();
              return held;
            });

    @Test
    void letsRequestsInFlightFinish() throws InterruptedException {
      TestServer server = TestServer.start(engine, holding);
      try (RawClient busy = server.connect();
          RawClient idle = server.connect()) {
        busy.send(GET + GET);
        assertThat(called.await(30, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::close);

        assertThat(idle.closed()).isTrue();
        assertThatThrownBy(() -> RawClient.tcp(server.port())).isInstanceOf(IOException.class);
        assertThat(stopped).isNotDone();
        held.complete(Response.of(200, "in time"));
        RawClient.Answer answer = busy.read();
        assertThat(answer.body()).isEqualTo("in time");
        assertThat(answer.has("Connection: close")).isTrue();
        assertThat(busy.closed()).isTrue();
        busy.close();
        assertThat(stopped).succeedsWithin(Duration.ofSeconds(30));
      }
      assertThat(holding.requests).hasSize(1);
    }

    @Test
    void lastsOnlySoLong() throws InterruptedException {
      Limits.Times times = Limits.Times.DEFAULTS;
      Limits limits =
          new Limits(
              new Limits.Times(
                  times.handshake(),
                  times.request(),
                  times.idle(),
                  times.answer(),
                  times.linger(),
                  Duration.ofMillis(300)),
              Limits.Sizes.DEFAULTS,
              100);
      TestServer server = TestServer.start(engine, holding, limits);
      try (RawClient busy = server.connect()) {
        busy.send(GET);
        assertThat(called.await(30, TimeUnit.SECONDS)).isTrue();
        server.close();

        assertThat(busy.closed()).isTrue();
      }
      held.complete(Response.of(200, "too late"));
    }
  }

  @Nested
  class UnderLoad {
    @Test
    void servesAThousandConnections() {
      try (TestServer server = TestServer.start(engine, FakeService.echo())) {
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
          clients.add(server.connect());
        }
        clients.forEach(client -> client.send(GET));
        assertThat(clients).allMatch(client -> client.read().status() == 200);
        clients.forEach(RawClient::close);
      }
    }

    @Test
    void closesConnectionsBeyondTheLimit() {
      Limits limits = new Limits(TestServer.PATIENT, Limits.Sizes.DEFAULTS, 2);
      try (TestServer server = TestServer.start(engine, FakeService.echo(), limits);
          RawClient first = server.connect();
          RawClient second = server.connect()) {
        assertThatThrownBy(server::connect).isInstanceOf(UncheckedIOException.class);
        assertThat(first.send(GET).read().status()).isEqualTo(200);
        assertThat(second.send(GET).read().status()).isEqualTo(200);
      }
    }

    @Test
    void refusesUnfinishedRequestsBeyondItsMemory() {
      Limits.Sizes sizes = new Limits.Sizes(8 << 10, 64 << 10, 200, 512 << 10, 4 << 20, 64 << 10);
      Limits limits = new Limits(TestServer.PATIENT, sizes, 100);
      String head = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: ";
      try (TestServer server = TestServer.start(engine, FakeService.echo(), limits);
          RawClient modest = server.connect()) {
        for (int i = 0; i < 5; i++) {
          try (RawClient greedy = server.connect()) {
            greedy.send(head + "200000\r\n\r\n").sendIgnoringFailure(new byte[190_000]);

            assertThat(greedy.read().status()).isEqualTo(503);
            assertThat(greedy.closed()).isTrue();
          }
          modest.send(head + "40000\r\n\r\n" + "x".repeat(20_000)).send("x".repeat(20_000));
          assertThat(modest.read().status()).isEqualTo(200);
        }
      }
    }
  }
}
