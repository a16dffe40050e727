package localhsm.keys;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import localhsm.id.KeyId;
import localhsm.id.KeyName;
import localhsm.id.KeyVersion;

/**
 * A key with all its versions: immutable, and never without one.
 *
 * @param sequence position in the order of creation, unique in the HSM
 * @param versions oldest first; the last is the latest
 */
public record KeyRecord(KeyName name, long sequence, List<KeyVersionRecord> versions) {

  /** Keeps its own copy of the versions. */
  public KeyRecord {
    versions = List.copyOf(versions);
    if (versions.isEmpty()) {
      throw new IllegalArgumentException("a key has at least one version");
    }
  }

  /** The version used when none is named. */
  public KeyVersionRecord latest() {
    return versions.get(versions.size() - 1);
  }

  /** The addressed version, or the latest when none is given. */
  public Optional<KeyVersionRecord> version(KeyId id) {
    return id.version().map(this::version).orElseGet(() -> Optional.of(latest()));
  }

  /** The same key with one more version, which becomes the latest. */
  public KeyRecord withVersion(KeyVersionRecord added) {
    List<KeyVersionRecord> all = new ArrayList<>(versions);
    all.add(added);
    return new KeyRecord(name, sequence, all);
  }

  private Optional<KeyVersionRecord> version(KeyVersion wanted) {
    for (KeyVersionRecord version : versions) {
      if (version.version().equals(wanted)) {
        return Optional.of(version);
      }
    }
    return Optional.empty();
  }
}
