package localhsm.secret;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.UUID;

/**
 * The HSM's root secret: 32 random bytes, the id of the HSM and the generation of the secret. Every
 * key that protects stored data comes from it; it lies in the store wrapped by the {@link
 * PlatformKey}.
 *
 * <p>Keys that seal and name rows are salted with the instance id, so that two HSMs with one
 * security domain share none. A key for what leaves the HSM (a backup) has no salt: every HSM that
 * holds the domain opens it.
 */
public final class SecurityDomain implements AutoCloseable {
  static final int KEY_BYTES = 32;
  private static final int BLOB_KEY_BYTES = 64;
  private static final byte[] NO_SALT = {};
  private static final int ENCODED_BYTES = KEY_BYTES + 16 + Long.BYTES;

  private final SecretBytes secret;
  private final UUID hsmId;
  private final long generation;

  private SecurityDomain(SecretBytes secret, UUID hsmId, long generation) {
    this.secret = secret;
    this.hsmId = hsmId;
    this.generation = generation;
  }

  /** A new one, of the first generation. */
  public static SecurityDomain random(SecureRandom random) {
    return new SecurityDomain(
        SecretBytes.random(KEY_BYTES, random), InstanceId.randomUuid(random), 1);
  }

  /** The HSM that it was made for. */
  public UUID hsmId() {
    return hsmId;
  }

  /** Which secret of this HSM it is, from 1. */
  public long generation() {
    return generation;
  }

  /** Seals the rows of one store. The caller closes it. */
  public SecretBytes storageKey(InstanceId instance) {
    return Hkdf.derive(secret, instance.bytes(), "localhsm storage key 1");
  }

  /** Names the rows of one store. The caller closes it. */
  public SecretBytes indexKey(InstanceId instance) {
    return Hkdf.derive(secret, instance.bytes(), "localhsm index key 1");
  }

  /** Protects the backup of a single key: 64 bytes, from the domain alone. The caller closes it. */
  public SecretBytes blobKey() {
    return Hkdf.derive(secret, NO_SALT, "localhsm blob key 1", BLOB_KEY_BYTES);
  }

  SecretBytes encoded() {
    byte[] bytes = new byte[ENCODED_BYTES];
    ByteBuffer.wrap(bytes).put(secret.expose()).put(InstanceId.bytesOf(hsmId)).putLong(generation);
    return SecretBytes.owning(bytes);
  }

  /** Reads what {@link #encoded} wrote. */
  static SecurityDomain decode(SecretBytes encoded) {
    if (encoded.length() != ENCODED_BYTES) {
      throw new IllegalArgumentException("not a security domain");
    }
    ByteBuffer in = ByteBuffer.wrap(encoded.expose(), KEY_BYTES, ENCODED_BYTES - KEY_BYTES);
    UUID hsmId = new UUID(in.getLong(), in.getLong());
    return new SecurityDomain(
        SecretBytes.owning(Arrays.copyOf(encoded.expose(), KEY_BYTES)), hsmId, in.getLong());
  }

  @Override
  public void close() {
    secret.close();
  }

  @Override
  public String toString() {
    return "SecurityDomain[" + hsmId + ", " + generation + "]";
  }
}
