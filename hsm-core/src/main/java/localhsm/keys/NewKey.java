package localhsm.keys;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import localhsm.crypto.KeyOperation;
import localhsm.crypto.KeyParameters;
import localhsm.id.KeyName;
import localhsm.problem.Problems;

/**
 * The wish for a new key, or a new version of an existing one. Nothing is inherited from older
 * versions, and nothing is checked against the clock.
 *
 * @param operations the wanted {@code key_ops}; empty for the defaults of the type
 */
public record NewKey(
    KeyName name,
    KeyParameters parameters,
    Optional<List<KeyOperation>> operations,
    boolean enabled,
    Optional<Instant> notBefore,
    Optional<Instant> expires,
    Map<String, String> tags) {
  private static final int MAX_TAGS = 15;
  private static final int MAX_TAG_LENGTH = 256;

  /**
   * Checks operations and tags and keeps its own copies.
   *
   * @throws localhsm.problem.ProblemException for {@code import} beside another operation, for more
   *     than 15 tags or 256 characters
   */
  public NewKey {
    operations = operations.map(list -> list.stream().distinct().toList());
    tags = Map.copyOf(tags);
    if (operations.filter(NewKey::mixesImport).isPresent()) {
      throw Problems.badParameter("The operation import excludes every other one.");
    }
    if (tags.size() > MAX_TAGS) {
      throw Problems.badParameter("A key cannot have more than " + MAX_TAGS + " tags.");
    }
    if (tags.entrySet().stream().anyMatch(NewKey::tooLong)) {
      throw Problems.badParameter(
          "Tag names and values cannot exceed " + MAX_TAG_LENGTH + " characters.");
    }
  }

  private static boolean mixesImport(List<KeyOperation> operations) {
    return operations.size() > 1 && operations.contains(KeyOperation.IMPORT);
  }

  private static boolean tooLong(Map.Entry<String, String> tag) {
    return tag.getKey().length() > MAX_TAG_LENGTH || tag.getValue().length() > MAX_TAG_LENGTH;
  }
}
