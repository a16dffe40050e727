package localhsm.server.net;

import io.netty.buffer.ByteBuf;

/** A body whose length was announced (RFC 9112 6.2). */
final class FixedBody implements BodyReader {
  private final int length;
  private final BodyBytes bytes = new BodyBytes();

  FixedBody(int length) {
    this.length = length;
  }

  @Override
  public boolean read(ByteBuf in) {
    bytes.append(in, Math.min(in.readableBytes(), length - bytes.size()), length);
    return bytes.size() == length;
  }

  @Override
  public byte[] take() {
    return bytes.take();
  }
}
