package localhsm.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import localhsm.server.http.Response;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A client that takes its time")
@ParameterizedClass
@EnumSource(
    value = TlsEngine.class,
    names = {"OPENSSL", "JDK"})
class TimeLimitsTest {
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String GET = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";

  private final TlsEngine engine;

  TimeLimitsTest(TlsEngine engine) {
    this.engine = engine;
  }

  private TestServer server(Limits.Times times) {
    return TestServer.start(
        engine, FakeService.echo(), new Limits(times, Limits.Sizes.DEFAULTS, 100));
  }

  @Test
  void mustBeginItsHandshake() throws IOException {
    try (TestServer server = server(new Limits.Times(SHORT, LONG, LONG, LONG, LONG, LONG));
        Socket silent = RawClient.tcp(server.port())) {
      assertThat(silent.getInputStream().read()).isNegative();
    }
  }

  @Test
  void mustEndItsHandshake() throws IOException {
    try (TestServer server = server(new Limits.Times(SHORT, LONG, LONG, LONG, LONG, LONG));
        Socket half = RawClient.tcp(server.port())) {
      half.getOutputStream().write(new byte[] {0x16, 3, 1, 2, 0, 1, 0, 1, (byte) 0xFC, 3, 3});
      assertThat(half.getInputStream().readAllBytes()).hasSizeLessThan(64);
    }
  }

  @Test
  void mustSendARequestOneDay() {
    try (TestServer server = server(new Limits.Times(LONG, LONG, SHORT, LONG, LONG, LONG));
        RawClient client = server.connect()) {
      assertThat(client.closed()).isTrue();
    }
  }

  @Test
  void mustSendAnotherRequestOneDay() {
    try (TestServer server = server(new Limits.Times(LONG, LONG, SHORT, LONG, LONG, LONG));
        RawClient client = server.connect()) {
      assertThat(client.send(GET).read().status()).isEqualTo(200);
      assertThat(client.closed()).isTrue();
    }
  }

  @Test
  void mustFinishItsRequestHoweverBusyItLooks() {
    try (TestServer server = server(new Limits.Times(LONG, SHORT, LONG, LONG, LONG, LONG));
        RawClient client = server.connect()) {
      client.send(GET).read();
      client.send("GET /");
      int sent = 0;
      while (sent < 1_000 && !client.closedWithin(20)) {
        client.sendIgnoringFailure(new byte[] {'a'});
        sent++;
      }
      assertThat(sent).isPositive().isLessThan(1_000);
    }
  }

  @Test
  void mustTakeItsAnswer() {
    FakeService large =
        new FakeService(r -> CompletableFuture.completedFuture(Response.ok(new byte[64 << 20])));
    Limits limits =
        new Limits(new Limits.Times(LONG, LONG, LONG, SHORT, LONG, LONG), Limits.Sizes.DEFAULTS, 1);
    try (TestServer server = TestServer.start(engine, large, limits);
        RawClient client = server.connect()) {
      client.send(GET);
      assertThat(placeBecomesFree(server)).isTrue();
    }
  }

  @Test
  void mustGoAfterTheLastAnswer() {
    Limits limits =
        new Limits(new Limits.Times(LONG, LONG, LONG, LONG, SHORT, LONG), Limits.Sizes.DEFAULTS, 1);
    try (TestServer server = TestServer.start(engine, FakeService.echo(), limits);
        RawClient client = server.connect()) {
      assertThat(client.send("bad\r\n").read().status()).isEqualTo(400);
      assertThat(placeBecomesFree(server)).isTrue();
    }
  }

  @Test
  void hasAllTheTimeWhileItsRequestIsHandled() {
    CompletableFuture<Response> held = new CompletableFuture<>();
    FakeService holding = new FakeService(request -> held);
    Limits limits =
        new Limits(
            new Limits.Times(LONG, SHORT, SHORT, SHORT, SHORT, LONG), Limits.Sizes.DEFAULTS, 100);
    try (TestServer server = TestServer.start(engine, holding, limits);
        RawClient client = server.connect()) {
      client.send(GET);
      try (RawClient idle = server.connect()) {
        assertThat(idle.closed()).isTrue();
      }
      held.complete(Response.of(200, "done"));
      assertThat(client.read().body()).isEqualTo("done");
    }
  }

  /** With one place only, a second client gets in when the server has let the first one go. */
  private static boolean placeBecomesFree(TestServer server) {
    long end = System.nanoTime() + LONG.toNanos();
    while (System.nanoTime() < end) {
      try (RawClient second = server.connect()) {
        return true;
      } catch (UncheckedIOException e) {
        // still full: closed before the handshake
      }
    }
    return false;
  }
}
