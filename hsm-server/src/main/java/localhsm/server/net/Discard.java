package localhsm.server.net;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;

/**
 * Throws away what still comes after the last answer, before TLS looks at it: without reading it
 * the answer might be lost in a reset (RFC 9112 9.6). Closes when it is too much.
 */
final class Discard extends ChannelInboundHandlerAdapter {
  private static final int READS = 1_024;

  private int reads;

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ReferenceCountUtil.release(message);
    reads++;
    if (reads > READS) {
      ChannelFuture unused = context.close();
    }
  }
}
