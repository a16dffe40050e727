package localhsm.store;

import java.util.List;
import java.util.Optional;
import localhsm.id.KeyName;
import localhsm.id.KeyVersion;
import localhsm.keys.Deletion;
import localhsm.keys.KeyRecord;
import localhsm.keys.KeyVersionRecord;
import localhsm.rotation.RotationPolicy;

/**
 * What one row keeps of a key: all that belongs to the name. Its versions are rows of their own.
 */
record StoredKey(
    KeyName name,
    long sequence,
    List<KeyVersion> versions,
    Optional<RotationPolicy> rotation,
    Optional<Deletion> deletion) {

  static StoredKey of(KeyRecord key) {
    return new StoredKey(
        key.name(),
        key.sequence(),
        key.versions().stream().map(KeyVersionRecord::version).toList(),
        key.rotation(),
        key.deletion());
  }

  /** The key with the versions of the same order. */
  KeyRecord with(List<KeyVersionRecord> found) {
    return new KeyRecord(name, sequence, found, rotation, deletion);
  }
}
