package localhsm.server.net;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;

/**
 * Event loops, as many as cores, and where they get their buffers.
 *
 * @param loops already running
 * @param channel the kind of listening socket that belongs to them
 */
record Transport(
    EventLoopGroup loops, Class<? extends ServerChannel> channel, ByteBufAllocator allocator) {

  /** Starts epoll where it loads, else NIO. */
  static Transport start(ByteBufAllocator allocator) {
    boolean epoll = Epoll.isAvailable();
    IoHandlerFactory handlers = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    EventLoopGroup loops =
        new MultiThreadIoEventLoopGroup(
            Runtime.getRuntime().availableProcessors(),
            new DefaultThreadFactory("localhsm-net", false),
            handlers);
    return new Transport(
        loops, epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class, allocator);
  }
}
