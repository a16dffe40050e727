package localhsm.secret;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.UUID;

/**
 * Tells one HSM's store from every other's, also where they share a security domain. Random, made
 * at provisioning, never exported; salt of the keys that seal and name rows. Not a secret.
 */
public record InstanceId(UUID value) {

  /** A new one. */
  public static InstanceId random(SecureRandom random) {
    return new InstanceId(randomUuid(random));
  }

  /** The sixteen bytes. */
  public byte[] bytes() {
    return bytesOf(value);
  }

  @Override
  public String toString() {
    return value.toString();
  }

  static byte[] bytesOf(UUID uuid) {
    return ByteBuffer.allocate(16)
        .putLong(uuid.getMostSignificantBits())
        .putLong(uuid.getLeastSignificantBits())
        .array();
  }

  /** A version 4 UUID (RFC 9562 5.4) from the given source. */
  static UUID randomUuid(SecureRandom random) {
    long high = (random.nextLong() & ~0xF000L) | 0x4000L;
    long low = (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
    return new UUID(high, low);
  }
}
