package localhsm.server.net;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** Collects a body; takes memory as the bytes come and not when they are announced. */
final class BodyBytes {
  private byte[] bytes = new byte[0];
  private int size;

  /**
   * Moves bytes over.
   *
   * @param total how many there will be, as far as that is known
   */
  void append(ByteBuf in, int count, long total) {
    int needed = size + count;
    if (needed > bytes.length) {
      long room = Math.min(Math.max(needed, 2L * bytes.length), Math.max(total, needed));
      bytes = Arrays.copyOf(bytes, (int) room);
    }
    in.readBytes(bytes, size, count);
    size = needed;
  }

  int size() {
    return size;
  }

  /** All bytes; the collector is done then. */
  byte[] take() {
    return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
  }
}
