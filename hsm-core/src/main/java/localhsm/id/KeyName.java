package localhsm.id;

import java.util.Locale;
import localhsm.problem.Problems;

/**
 * The name of a key: 1 to 127 of letters, digits and hyphens. Names are equal when they differ only
 * in case; the spelling first stored is the one answered.
 */
public record KeyName(String value) {
  private static final int MAX_LENGTH = 127;

  /**
   * Checks the pattern.
   *
   * @throws localhsm.problem.ProblemException when the value is not a key name
   */
  public KeyName {
    if (value.isEmpty()
        || value.length() > MAX_LENGTH
        || !value.chars().allMatch(KeyName::allowed)) {
      throw Problems.invalidKeyIdentifier();
    }
  }

  /** The form that equal names share. */
  public String folded() {
    return value.toLowerCase(Locale.ROOT);
  }

  private static boolean allowed(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KeyName that && value.equalsIgnoreCase(that.value);
  }

  @Override
  public int hashCode() {
    return folded().hashCode();
  }

  @Override
  public String toString() {
    return value;
  }
}
