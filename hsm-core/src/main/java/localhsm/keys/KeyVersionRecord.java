package localhsm.keys;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import localhsm.crypto.KeyMaterial;
import localhsm.crypto.KeyOperation;
import localhsm.id.KeyVersion;
import localhsm.problem.Problems;
import localhsm.release.ReleasePolicy;

/**
 * One version of a key: immutable, with everything that is decided per version.
 *
 * @param source the material, decoded at its first use
 * @param releasePolicy under which an exportable key may leave the HSM
 */
public record KeyVersionRecord(
    KeyVersion version,
    LazyMaterial source,
    List<KeyOperation> operations,
    KeyAttributes attributes,
    Map<String, String> tags,
    Optional<ReleasePolicy> releasePolicy) {

  /** What can be asked of a version that no {@code key_ops} name and no window bounds. */
  public enum Act {
    RELEASE("release"),
    ROTATE("rotate");

    private final String word;

    Act(String word) {
      this.word = word;
    }
  }

  /** Keeps its own copies. */
  public KeyVersionRecord {
    operations = List.copyOf(operations);
    tags = Map.copyOf(tags);
  }

  /** The material; slow the first time after a start. */
  public KeyMaterial material() {
    return source.get();
  }

  /**
   * Decides whether this version may do the operation now: enabled, then the window (which binds
   * only what makes something new: sign, encrypt, wrap), then {@code key_ops}.
   *
   * @throws localhsm.problem.ProblemException with the first rule that says no
   */
  public void requireUsable(KeyOperation operation, Instant now) {
    requireEnabled(operation.wireName());
    if (boundByWindow(operation)) {
      requireInWindow(operation.wireName(), now);
    }
    if (!operations.contains(operation)) {
      throw Problems.operationNotPermitted(operation.wireName());
    }
  }

  /**
   * Decides whether this version may be released or rotated: whenever it is enabled.
   *
   * @throws localhsm.problem.ProblemException when it is not
   */
  public void requireUsable(Act act) {
    requireEnabled(act.word);
  }

  private void requireEnabled(String operation) {
    if (!attributes.enabled()) {
      throw Problems.keyDisabled(operation);
    }
  }

  private void requireInWindow(String operation, Instant now) {
    if (attributes.notBefore().filter(now::isBefore).isPresent()) {
      throw Problems.keyNotYetValid(operation);
    }
    if (attributes.expires().filter(end -> !now.isBefore(end)).isPresent()) {
      throw Problems.keyExpired(operation);
    }
  }

  private static boolean boundByWindow(KeyOperation operation) {
    return switch (operation) {
      case SIGN, ENCRYPT, WRAP_KEY -> true;
      case DECRYPT, UNWRAP_KEY, VERIFY, IMPORT, EXPORT, DERIVE_KEY -> false;
    };
  }
}
