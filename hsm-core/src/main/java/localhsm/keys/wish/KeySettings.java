package localhsm.keys.wish;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import localhsm.crypto.KeyOperation;
import localhsm.crypto.KeyType;
import localhsm.problem.Problems;
import localhsm.release.ReleasePolicy;

/**
 * What is asked of a new key version besides its material. Nothing is inherited from older
 * versions, {@code exportable} included, and nothing is checked against the clock.
 *
 * @param operations the wanted {@code key_ops}; empty for the defaults of the type
 * @param exportable whether the key may be released, which takes a release policy
 */
public record KeySettings(
    Optional<List<KeyOperation>> operations,
    boolean enabled,
    Optional<Instant> notBefore,
    Optional<Instant> expires,
    Map<String, String> tags,
    boolean exportable,
    Optional<ReleasePolicy> releasePolicy) {
  /** Those of a request that asks for nothing. */
  public static final KeySettings DEFAULT =
      new KeySettings(
          Optional.empty(),
          true,
          Optional.empty(),
          Optional.empty(),
          Map.of(),
          false,
          Optional.empty());

  /**
   * Checks them against each other and keeps its own copies.
   *
   * @throws localhsm.problem.ProblemException for {@code import} beside another operation, for more
   *     than 15 tags or 256 characters, and for an exportable key without a release policy or the
   *     reverse
   */
  public KeySettings {
    operations = operations.map(Checks::operations);
    tags = Checks.tags(tags);
    if (exportable && releasePolicy.isEmpty()) {
      throw Problems.badParameter("Exportable keys must have a release policy.");
    }
    if (!exportable && releasePolicy.isPresent()) {
      throw Problems.releasePolicyNotAllowed();
    }
  }

  /**
   * The {@code key_ops} of a key of that type.
   *
   * @throws localhsm.problem.ProblemException when the type has no such operation
   */
  public List<KeyOperation> operationsOf(KeyType type) {
    List<KeyOperation> chosen = operations.orElse(type.defaultOperations());
    Checks.operationsOf(type, chosen);
    return chosen;
  }
}
