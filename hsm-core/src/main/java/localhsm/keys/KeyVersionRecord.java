package localhsm.keys;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import localhsm.crypto.KeyMaterial;
import localhsm.crypto.KeyOperation;
import localhsm.id.KeyVersion;
import localhsm.problem.Problems;

/** One version of a key: immutable, with everything that is decided per version. */
public record KeyVersionRecord(
    KeyVersion version,
    KeyMaterial material,
    List<KeyOperation> operations,
    KeyAttributes attributes,
    Map<String, String> tags) {

  /** Keeps its own copies. */
  public KeyVersionRecord {
    operations = List.copyOf(operations);
    tags = Map.copyOf(tags);
  }

  /**
   * Decides whether this version may do the operation now: enabled, then the window (which binds
   * only what makes something new: sign, encrypt, wrap), then {@code key_ops}.
   *
   * @throws localhsm.problem.ProblemException with the first rule that says no
   */
  public void requireUsable(KeyOperation operation, Instant now) {
    if (!attributes.enabled()) {
      throw Problems.keyDisabled(operation.wireName());
    }
    if (boundByWindow(operation)) {
      if (attributes.notBefore().filter(now::isBefore).isPresent()) {
        throw Problems.keyNotYetValid(operation.wireName());
      }
      if (attributes.expires().filter(end -> !now.isBefore(end)).isPresent()) {
        throw Problems.keyExpired(operation.wireName());
      }
    }
    if (!operations.contains(operation)) {
      throw Problems.operationNotPermitted(operation.wireName());
    }
  }

  private static boolean boundByWindow(KeyOperation operation) {
    return switch (operation) {
      case SIGN, ENCRYPT, WRAP_KEY -> true;
      case DECRYPT, UNWRAP_KEY, VERIFY, IMPORT, EXPORT, DERIVE_KEY -> false;
    };
  }
}
