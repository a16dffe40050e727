package localhsm.id;

import java.util.Locale;
import java.util.regex.Pattern;
import localhsm.problem.Problems;

/** The version of a key: 32 hexadecimal digits, kept in lower case. */
public record KeyVersion(String value) {
  private static final Pattern PATTERN = Pattern.compile("[0-9a-fA-F]{32}");

  /**
   * Checks the pattern and folds to lower case.
   *
   * @throws localhsm.problem.ProblemException when the value is not a version
   */
  public KeyVersion {
    if (!PATTERN.matcher(value).matches()) {
      throw Problems.invalidKeyIdentifier();
    }
    value = value.toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return value;
  }
}
