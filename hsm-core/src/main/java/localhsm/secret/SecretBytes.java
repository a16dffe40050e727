package localhsm.secret;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Bytes that must not be seen: no content in {@code toString}, equality in constant time, cleared
 * on {@link #close}. Every place that reads them calls {@link #expose}, so that a search finds all.
 */
public final class SecretBytes implements AutoCloseable {
  private final byte[] bytes;

  private SecretBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Takes ownership: the caller must not keep or change the array. */
  public static SecretBytes owning(byte[] bytes) {
    return new SecretBytes(bytes);
  }

  /** Copies, then clears the given array. */
  public static SecretBytes moving(byte[] bytes) {
    byte[] copy = bytes.clone();
    Arrays.fill(bytes, (byte) 0);
    return new SecretBytes(copy);
  }

  /** Fresh random bytes. */
  public static SecretBytes random(int length, SecureRandom random) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return new SecretBytes(bytes);
  }

  /** A copy with a life of its own. */
  public SecretBytes copy() {
    return new SecretBytes(bytes.clone());
  }

  /** The bytes themselves, not a copy: the caller must neither keep nor change them. */
  public byte[] expose() {
    return bytes;
  }

  /** Number of bytes. */
  public int length() {
    return bytes.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SecretBytes that && MessageDigest.isEqual(bytes, that.bytes);
  }

  /** Tells nothing about the content. */
  @Override
  public int hashCode() {
    return 0;
  }

  @Override
  public String toString() {
    return "SecretBytes[" + bytes.length + "]";
  }

  @Override
  public void close() {
    Arrays.fill(bytes, (byte) 0);
  }
}
