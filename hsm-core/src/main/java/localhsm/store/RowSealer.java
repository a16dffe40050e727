package localhsm.store;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.UUID;
import localhsm.secret.InstanceId;
import localhsm.secret.KeyedHash;
import localhsm.secret.Sealer;
import localhsm.secret.Sealing;
import localhsm.secret.SecretBytes;
import localhsm.secret.SecurityDomain;

/** Names, seals and opens the rows of one store, and weighs them for the head's sum. */
final class RowSealer {
  /** The row of the wrapped security domain: the first in the order of keys. */
  static final RowKey DOMAIN = fixed(1);

  /** The row of the head: the second. */
  static final RowKey HEAD = fixed(2);

  private static final byte FORMAT = 1;
  private static final int ID_BYTES = 32;
  // they keep the two uses of the index key apart
  private static final byte NAMES = 1;
  private static final byte WEIGHS = 2;

  private final Sealer sealer;
  private final KeyedHash index;
  private final InstanceId instance;
  private final UUID hsmId;

  RowSealer(SecurityDomain domain, InstanceId instance, Sealing sealing) {
    try (SecretBytes storageKey = domain.storageKey(instance);
        SecretBytes indexKey = domain.indexKey(instance)) {
      this.sealer = sealing.sealer(storageKey);
      this.index = sealing.hash(indexKey);
    }
    this.instance = instance;
    this.hsmId = domain.hsmId();
  }

  /** The id of the row that holds the named record. */
  byte[] id(String kind, String name) {
    byte[] kindBytes = kind.getBytes(StandardCharsets.UTF_8);
    byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
    return index.of(
        ByteBuffer.allocate(1 + Integer.BYTES + kindBytes.length + nameBytes.length)
            .put(NAMES)
            .putInt(kindBytes.length)
            .put(kindBytes)
            .put(nameBytes)
            .array());
  }

  /** Seals a row in its place: at this key, of this revision, in this store. */
  SealedRow seal(RowKey key, long revision, SecretBytes plain) {
    return new SealedRow(key, revision, sealer.seal(plain, associated(key, revision)));
  }

  /** Opens a row; empty when it was not sealed there. */
  Optional<SecretBytes> open(SealedRow row) {
    return sealer.open(row.sealed(), associated(row.key(), row.revision()));
  }

  /** The row's part of the running sum. */
  BigInteger part(SealedRow row) {
    byte[] message =
        ByteBuffer.allocate(1 + ID_BYTES + Long.BYTES + 32)
            .put(WEIGHS)
            .put(row.key().id())
            .putLong(row.revision())
            .put(sha256(row.sealed()))
            .array();
    return new BigInteger(1, index.of(message));
  }

  private byte[] associated(RowKey key, long revision) {
    return ByteBuffer.allocate(1 + 16 + 16 + Long.BYTES + ID_BYTES + Long.BYTES)
        .put(FORMAT)
        .put(instance.bytes())
        .putLong(hsmId.getMostSignificantBits())
        .putLong(hsmId.getLeastSignificantBits())
        .putLong(key.generation())
        .put(key.id())
        .putLong(revision)
        .array();
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static RowKey fixed(int number) {
    byte[] id = new byte[ID_BYTES];
    id[ID_BYTES - 1] = (byte) number;
    return new RowKey(0, id);
  }
}
