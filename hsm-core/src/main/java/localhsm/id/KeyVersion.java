package localhsm.id;

import java.util.HexFormat;
import java.util.Locale;
import localhsm.problem.Problems;

/** The version of a key: 32 hexadecimal digits, kept in lower case. */
public record KeyVersion(String value) {
  private static final int LENGTH = 32;

  /**
   * Checks the pattern and folds to lower case.
   *
   * @throws localhsm.problem.ProblemException when the value is not a version
   */
  public KeyVersion {
    if (value.length() != LENGTH || !value.chars().allMatch(HexFormat::isHexDigit)) {
      throw Problems.invalidKeyIdentifier();
    }
    value = value.toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return value;
  }
}
