package localhsm.store;

import java.io.OutputStream;
import java.util.Arrays;
import localhsm.secret.SecretBytes;

/** Collects bytes and leaves no copy of them behind when it grows or hands them over. */
final class SecretOutput extends OutputStream {
  private byte[] buffer = new byte[512];
  private int length;

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] source, int offset, int count) {
    if (length + count > buffer.length) {
      replaceBuffer(Math.max(2 * buffer.length, length + count));
    }
    System.arraycopy(source, offset, buffer, length, count);
    length += count;
  }

  /** What was written; the stream is empty then. */
  SecretBytes take() {
    replaceBuffer(length);
    SecretBytes taken = SecretBytes.owning(buffer);
    buffer = new byte[0];
    length = 0;
    return taken;
  }

  private void replaceBuffer(int size) {
    byte[] old = buffer;
    buffer = Arrays.copyOf(old, size);
    Arrays.fill(old, (byte) 0);
  }
}
