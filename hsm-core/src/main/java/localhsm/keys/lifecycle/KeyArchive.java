package localhsm.keys.lifecycle;

import localhsm.keys.KeyRecord;
import localhsm.secret.SecretBytes;

/** Turns whole keys into bytes and back; the store implements it with what it stores. */
public interface KeyArchive {

  /**
   * A key with all its versions, attributes and policies, but without its deletion and its place in
   * the order of creation. The caller closes it.
   */
  SecretBytes archive(KeyRecord key);

  /**
   * Reads what {@link #archive} wrote; the bytes stay the caller's.
   *
   * @return the key, with 0 as its sequence
   * @throws IllegalArgumentException when they are no archive
   */
  KeyRecord fromArchive(SecretBytes archive);
}
