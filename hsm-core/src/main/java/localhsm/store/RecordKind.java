package localhsm.store;

import localhsm.secret.SecretBytes;

/**
 * A kind of stored record, declared once: loading, backup and restore follow from the declaration.
 * Kinds are told apart by identity.
 */
public final class RecordKind<R> {

  /**
   * Turns records into bytes and back.
   *
   * @param <R> the record
   */
  public interface Codec<R> {

    /** The record's bytes, starting with a format version. The caller closes them. */
    SecretBytes encode(R record);

    /**
     * Reads what {@link #encode} wrote; the bytes stay the caller's.
     *
     * @throws IllegalArgumentException when they are not such a record
     */
    R decode(SecretBytes body);
  }

  private final String name;
  private final boolean inBackup;
  private final Codec<R> codec;

  private RecordKind(String name, boolean inBackup, Codec<R> codec) {
    this.name = name;
    this.inBackup = inBackup;
    this.codec = codec;
  }

  /** A kind that a full backup holds. */
  public static <R> RecordKind<R> backedUp(String name, Codec<R> codec) {
    return new RecordKind<>(name, true, codec);
  }

  /** A kind that stays with this HSM: no backup holds it, no restore replaces it. */
  public static <R> RecordKind<R> local(String name, Codec<R> codec) {
    return new RecordKind<>(name, false, codec);
  }

  /** The name under which rows of this kind are sealed; it never changes. */
  public String name() {
    return name;
  }

  /** Whether a full backup holds it. */
  public boolean inBackup() {
    return inBackup;
  }

  /** Its codec. */
  public Codec<R> codec() {
    return codec;
  }

  /** The generation in which rows of this kind live. */
  long generation(long current) {
    return inBackup ? current : 0;
  }

  @Override
  public String toString() {
    return name;
  }
}
