package localhsm.keys.lifecycle;

import localhsm.keys.Deletion;
import localhsm.keys.FoundKey;
import localhsm.keys.KeyRecord;

/**
 * A deleted key.
 *
 * @param key with its latest version
 */
public record DeletedKey(FoundKey key, Deletion deletion) {

  static DeletedKey of(KeyRecord key) {
    return new DeletedKey(key.found(), key.deletion().orElseThrow());
  }
}
