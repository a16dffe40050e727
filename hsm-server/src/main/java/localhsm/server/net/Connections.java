package localhsm.server.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.time.Duration;

/** All open connections: sets new ones up, keeps their number within the limit, ends them. */
final class Connections extends ChannelInitializer<SocketChannel> {
  /** How long a client that takes nothing holds up the end of its connection. */
  private static final int GOODBYE_MILLIS = 1_000;

  private final Shared shared;
  private final ChannelGroup open = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE);
  private volatile boolean stopping;

  Connections(Shared shared) {
    this.shared = shared;
  }

  @Override
  protected void initChannel(SocketChannel channel) {
    boolean room = open.size() < shared.limits().connections();
    // Added before the look at the flag: a connection is either seen by stop or sees that it came.
    open.add(channel);
    if (stopping || !room) {
      ChannelFuture unused = channel.close();
      return;
    }
    SslHandler ssl = shared.tls().handler(channel.alloc());
    // The connection's own deadline covers the handshake.
    ssl.setHandshakeTimeoutMillis(0);
    ssl.setCloseNotifyFlushTimeoutMillis(GOODBYE_MILLIS);
    channel.pipeline().addLast(ssl, new HttpConnection(channel, ssl, shared, () -> stopping));
  }

  /** Lets requests in flight finish for that long, then cuts what is left. */
  void stop(Duration patience) {
    stopping = true;
    for (Channel channel : open) {
      channel.pipeline().fireUserEventTriggered(Stop.NOW);
    }
    open.newCloseFuture().awaitUninterruptibly(patience.toMillis());
    open.close().awaitUninterruptibly(2L * GOODBYE_MILLIS);
  }
}
