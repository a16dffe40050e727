package localhsm.keys.wish;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import localhsm.crypto.KeyOperation;
import localhsm.crypto.KeyType;
import localhsm.id.KeyId;
import localhsm.release.ReleasePolicy;

/**
 * The wish to change one version of a key, or the latest when none is named. What is empty stays;
 * operations and tags that are given replace the old ones as a whole.
 */
public record KeyUpdate(
    KeyId id,
    Optional<List<KeyOperation>> operations,
    Optional<Boolean> enabled,
    Optional<Instant> notBefore,
    Optional<Instant> expires,
    Optional<Map<String, String>> tags,
    Optional<ReleasePolicy> releasePolicy) {

  /**
   * Checks operations and tags and keeps its own copies.
   *
   * @throws localhsm.problem.ProblemException for {@code import} beside another operation, for more
   *     than 15 tags or 256 characters
   */
  public KeyUpdate {
    operations = operations.map(Checks::operations);
    tags = tags.map(Checks::tags);
  }

  /** A wish that changes nothing yet. */
  public static KeyUpdate of(KeyId id) {
    return new KeyUpdate(
        id,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /**
   * The operations of a key of that type after the change.
   *
   * @throws localhsm.problem.ProblemException when the type has no such operation
   */
  public List<KeyOperation> operationsOf(KeyType type, List<KeyOperation> before) {
    operations.ifPresent(asked -> Checks.operationsOf(type, asked));
    return operations.orElse(before);
  }
}
