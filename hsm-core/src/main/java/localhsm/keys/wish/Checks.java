package localhsm.keys.wish;

import java.util.List;
import java.util.Map;
import localhsm.crypto.KeyOperation;
import localhsm.crypto.KeyType;
import localhsm.problem.Problems;

/** The rules that a new key and the update of one share. */
final class Checks {
  private static final int MAX_TAGS = 15;
  private static final int MAX_TAG_LENGTH = 256;

  private Checks() {}

  /** Each operation once; {@code import} stands alone. */
  static List<KeyOperation> operations(List<KeyOperation> asked) {
    List<KeyOperation> operations = asked.stream().distinct().toList();
    if (operations.size() > 1 && operations.contains(KeyOperation.IMPORT)) {
      throw Problems.badParameter("The operation import excludes every other one.");
    }
    return operations;
  }

  /** Only an RSA key can be a key exchange key. */
  static void operationsOf(KeyType type, List<KeyOperation> operations) {
    if (type != KeyType.RSA && operations.contains(KeyOperation.IMPORT)) {
      throw Problems.badParameter("The operation import is for RSA-HSM keys only.");
    }
  }

  /** At most 15 tags, name and value of at most 256 characters each. */
  static Map<String, String> tags(Map<String, String> tags) {
    if (tags.size() > MAX_TAGS) {
      throw Problems.badParameter("A key cannot have more than " + MAX_TAGS + " tags.");
    }
    if (tags.entrySet().stream().anyMatch(Checks::tooLong)) {
      throw Problems.badParameter(
          "Tag names and values cannot exceed " + MAX_TAG_LENGTH + " characters.");
    }
    return Map.copyOf(tags);
  }

  private static boolean tooLong(Map.Entry<String, String> tag) {
    return tag.getKey().length() > MAX_TAG_LENGTH || tag.getValue().length() > MAX_TAG_LENGTH;
  }
}
