package localhsm.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.io.IOException;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import localhsm.server.http.ActivityIds;
import localhsm.server.http.HttpService;

/** A server on a free port that insists, when it is closed, that every buffer was released. */
final class TestServer implements AutoCloseable {
  static final Limits.Times PATIENT =
      new Limits.Times(
          Duration.ofSeconds(60),
          Duration.ofSeconds(60),
          Duration.ofSeconds(60),
          Duration.ofSeconds(60),
          Duration.ofSeconds(5),
          Duration.ofSeconds(60));

  private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
  private final HttpsServer server;

  private TestServer(TlsEngine engine, HttpService service, Limits limits) {
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    try {
      server = HttpsServer.start(settings(engine, service, limits), allocator);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static TestServer start(TlsEngine engine, HttpService service) {
    return start(engine, service, new Limits(PATIENT, Limits.Sizes.DEFAULTS, 12_000));
  }

  static TestServer start(TlsEngine engine, HttpService service, Limits limits) {
    return new TestServer(engine, service, limits);
  }

  static ServerSettings settings(TlsEngine engine, HttpService service, Limits limits) {
    return new ServerSettings(
        List.of(InetAddress.getLoopbackAddress()),
        0,
        Identity.of(engine),
        limits,
        service,
        new ActivityIds(Clock.systemUTC(), 1));
  }

  int port() {
    return server.port();
  }

  HttpsServer server() {
    return server;
  }

  RawClient connect() {
    return RawClient.connect(port());
  }

  @Override
  public void close() {
    server.close();
    assertThat(allocator.metric().usedDirectMemory()).as("direct buffers left").isZero();
    assertThat(allocator.metric().usedHeapMemory()).as("heap buffers left").isZero();
  }
}
