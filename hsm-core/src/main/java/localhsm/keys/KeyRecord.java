package localhsm.keys;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import localhsm.id.KeyId;
import localhsm.id.KeyName;
import localhsm.id.KeyVersion;
import localhsm.problem.Problems;
import localhsm.rotation.RotationPolicy;

/**
 * A key with all its versions: immutable, and never without one.
 *
 * @param sequence position in the order of creation, unique in the HSM
 * @param versions oldest first; the last is the latest
 * @param rotation empty when the key has no policy
 * @param deletion empty unless the key is deleted
 */
public record KeyRecord(
    KeyName name,
    long sequence,
    List<KeyVersionRecord> versions,
    Optional<RotationPolicy> rotation,
    Optional<Deletion> deletion) {
  private static final int MAX_VERSIONS = 100;

  /** Keeps its own copy of the versions. */
  public KeyRecord {
    versions = List.copyOf(versions);
    if (versions.isEmpty()) {
      throw new IllegalArgumentException("a key has at least one version");
    }
  }

  /** A key of one version. */
  public static KeyRecord first(KeyName name, long sequence, KeyVersionRecord version) {
    return new KeyRecord(name, sequence, List.of(version), Optional.empty(), Optional.empty());
  }

  /** The version used when none is named. */
  public KeyVersionRecord latest() {
    return versions.get(versions.size() - 1);
  }

  /** The latest version with the key's name. */
  public FoundKey found() {
    return new FoundKey(name, latest());
  }

  /** The addressed version, or the latest when none is given. */
  public Optional<KeyVersionRecord> version(KeyId id) {
    return id.version().map(this::version).orElseGet(() -> Optional.of(latest()));
  }

  /** Whether it is deleted and can be recovered. */
  public boolean deleted() {
    return deletion.isPresent();
  }

  /** Whether it has all the versions that a key can have. */
  public boolean full() {
    return versions.size() >= MAX_VERSIONS;
  }

  /**
   * Lets only a key pass that may get another version.
   *
   * @throws localhsm.problem.ProblemException when it is deleted or full
   */
  public KeyRecord requireRoom() {
    if (deleted()) {
      throw Problems.deletedButRecoverable(name.value());
    }
    if (full()) {
      throw Problems.tooManyVersions(MAX_VERSIONS);
    }
    return this;
  }

  /**
   * The same key with one more version, which becomes the latest.
   *
   * @throws localhsm.problem.ProblemException when it is deleted or full
   */
  public KeyRecord withVersion(KeyVersionRecord added) {
    List<KeyVersionRecord> all = new ArrayList<>(requireRoom().versions);
    all.add(added);
    return new KeyRecord(name, sequence, all, rotation, deletion);
  }

  /** The same key with one of its versions changed. */
  public KeyRecord withChanged(KeyVersionRecord changed) {
    List<KeyVersionRecord> all = new ArrayList<>(versions);
    all.replaceAll(one -> one.version().equals(changed.version()) ? changed : one);
    return new KeyRecord(name, sequence, all, rotation, deletion);
  }

  /** The same key at another place in the order of creation. */
  public KeyRecord withSequence(long other) {
    return new KeyRecord(name, other, versions, rotation, deletion);
  }

  /** The same key with another rotation policy, or none. */
  public KeyRecord withRotation(Optional<RotationPolicy> other) {
    return new KeyRecord(name, sequence, versions, other, deletion);
  }

  /** The same key, deleted or not. */
  public KeyRecord withDeletion(Optional<Deletion> other) {
    return new KeyRecord(name, sequence, versions, rotation, other);
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
