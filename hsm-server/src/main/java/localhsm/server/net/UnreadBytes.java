package localhsm.server.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.ByteToMessageDecoder;

/** What a client has sent and nobody has read yet; holds no buffer when that is nothing. */
final class UnreadBytes {
  private static final int SMALL_BYTES = 256;

  private final ByteBufAllocator allocator;
  private ByteBuf bytes = Unpooled.EMPTY_BUFFER;

  UnreadBytes(ByteBufAllocator allocator) {
    this.allocator = allocator;
  }

  /** Takes the buffer over. */
  void add(ByteBuf more) {
    bytes = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(allocator, bytes, more);
  }

  /** For reading; stays here. */
  ByteBuf bytes() {
    return bytes;
  }

  int length() {
    return bytes.readableBytes();
  }

  void drop() {
    bytes.release();
    bytes = Unpooled.EMPTY_BUFFER;
  }

  /** A few bytes of an unfinished line must not keep the buffer of a whole record. */
  void shrink() {
    int length = bytes.readableBytes();
    if (length == 0) {
      drop();
    } else if (bytes.capacity() > 4L * Math.max(length, SMALL_BYTES)) {
      ByteBuf small = allocator.buffer(length).writeBytes(bytes);
      drop();
      bytes = small;
    }
  }
}
