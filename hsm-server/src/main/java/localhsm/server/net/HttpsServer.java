package localhsm.server.net;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The HTTPS server: listens from {@link #start} on, until {@link #close}. */
public final class HttpsServer implements AutoCloseable {
  private static final long LOOPS_STOP_SECONDS = 2;

  private static final byte[] IPV6_LOOPBACK = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

  private final Transport transport;
  private final Tls tls;
  private final Connections connections;
  private final Listeners listeners;
  private final Duration patience;

  private HttpsServer(
      ServerSettings settings,
      Transport transport,
      Tls tls,
      Connections connections,
      Listeners listeners) {
    this.transport = transport;
    this.tls = tls;
    this.connections = connections;
    this.listeners = listeners;
    this.patience = settings.limits().times().stop();
  }

  /**
   * Starts to listen.
   *
   * @throws PortInUseException when another program has the port
   * @throws IOException when an address cannot be listened on for another reason
   * @throws GeneralSecurityException when certificate and key cannot be used
   */
  public static HttpsServer start(ServerSettings settings)
      throws IOException, GeneralSecurityException {
    return start(settings, buffers());
  }

  static HttpsServer start(ServerSettings settings, ByteBufAllocator allocator)
      throws IOException, GeneralSecurityException {
    Tls tls = settings.tls().engine().open(settings.tls());
    Transport transport = Transport.start(allocator);
    Limits limits = settings.limits();
    Connections connections =
        new Connections(
            new Shared(
                settings.service(),
                settings.activities(),
                limits,
                tls,
                new MemoryBudget(limits.sizes().unfinished())));
    boolean listening = false;
    try {
      Listeners listeners = Listeners.bind(settings, transport, connections);
      listening = true;
      return new HttpsServer(settings, transport, tls, connections, listeners);
    } finally {
      if (!listening) {
        stop(transport, tls);
      }
    }
  }

  /** 127.0.0.1 and, where this machine has it, ::1. */
  public static List<InetAddress> loopback() throws IOException {
    List<InetAddress> addresses = new ArrayList<>();
    addresses.add(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    InetAddress six = InetAddress.getByAddress(IPV6_LOOPBACK);
    if (NetworkInterface.getByInetAddress(six) != null) {
      addresses.add(six);
    }
    return List.copyOf(addresses);
  }

  /** Where it listens. */
  public List<InetSocketAddress> addresses() {
    return listeners.addresses();
  }

  /** The port, the same on all addresses. */
  public int port() {
    return addresses().get(0).getPort();
  }

  /** Takes no more connections, lets requests in flight finish and their answers leave, stops. */
  @Override
  public void close() {
    listeners.close();
    connections.stop(patience);
    stop(transport, tls);
  }

  private static void stop(Transport transport, Tls tls) {
    transport
        .loops()
        .shutdownGracefully(0, LOOPS_STOP_SECONDS, TimeUnit.SECONDS)
        .awaitUninterruptibly();
    tls.close();
  }

  private static ByteBufAllocator buffers() {
    return new PooledByteBufAllocator(true);
  }
}
