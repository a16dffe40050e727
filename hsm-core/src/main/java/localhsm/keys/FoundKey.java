package localhsm.keys;

import localhsm.id.KeyId;
import localhsm.id.KeyName;

/** One version of a key together with the key's name in its stored spelling. */
public record FoundKey(KeyName name, KeyVersionRecord version) {

  /** The full id, with the version. */
  public KeyId id() {
    return KeyId.of(name, version.version());
  }
}
