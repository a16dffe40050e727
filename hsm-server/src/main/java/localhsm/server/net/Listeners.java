package localhsm.server.net;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** The listening sockets, all on one port. */
record Listeners(List<Channel> channels) {
  private static final int BACKLOG = 4_096;
  private static final int READ_BYTES = 64 << 10;

  /** How often a free port is sought that all addresses have. */
  private static final int TRIES = 50;

  /**
   * Binds all addresses or none.
   *
   * @throws PortInUseException when one of them is taken
   */
  static Listeners bind(ServerSettings settings, Transport transport, Connections connections)
      throws IOException {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(transport.loops())
            .channel(transport.channel())
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.ALLOCATOR, transport.allocator())
            .childOption(ChannelOption.ALLOCATOR, transport.allocator())
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(
                ChannelOption.RECVBUF_ALLOCATOR,
                new AdaptiveRecvByteBufAllocator(512, 2_048, READ_BYTES))
            .childHandler(connections);
    int tries = settings.port() == 0 ? TRIES : 1;
    while (true) {
      tries--;
      try {
        return bindAll(bootstrap, settings.addresses(), settings.port());
      } catch (PortInUseException e) {
        if (tries == 0) {
          throw e;
        }
      }
    }
  }

  List<InetSocketAddress> addresses() {
    return channels.stream().map(channel -> (InetSocketAddress) channel.localAddress()).toList();
  }

  void close() {
    for (Channel channel : channels) {
      channel.close().awaitUninterruptibly();
    }
  }

  private static Listeners bindAll(
      ServerBootstrap bootstrap, List<InetAddress> addresses, int wanted) throws IOException {
    List<Channel> bound = new ArrayList<>();
    boolean complete = false;
    int port = wanted;
    try {
      for (InetAddress address : addresses) {
        bound.add(bind(bootstrap, address, port));
        port = ((InetSocketAddress) bound.get(0).localAddress()).getPort();
      }
      complete = true;
    } finally {
      if (!complete) {
        new Listeners(bound).close();
      }
    }
    return new Listeners(List.copyOf(bound));
  }

  private static Channel bind(ServerBootstrap bootstrap, InetAddress address, int port)
      throws IOException {
    ChannelFuture bound = bootstrap.bind(address, port).awaitUninterruptibly();
    if (bound.isSuccess()) {
      return bound.channel();
    }
    Throwable cause = bound.cause();
    // Neither transport has a type of its own for this.
    if (String.valueOf(cause.getMessage()).contains("in use")) {
      throw new PortInUseException(address, port, cause);
    }
    throw new IOException("cannot listen on " + address.getHostAddress() + ", port " + port, cause);
  }
}
