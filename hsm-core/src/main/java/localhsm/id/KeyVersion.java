package localhsm.id;

import java.security.SecureRandom;
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
    if (!matches(value)) {
      throw Problems.invalidKeyIdentifier();
    }
    value = value.toLowerCase(Locale.ROOT);
  }

  /** A new one, which no other key version has. */
  public static KeyVersion random(SecureRandom random) {
    byte[] bytes = new byte[LENGTH / 2];
    random.nextBytes(bytes);
    return new KeyVersion(HexFormat.of().formatHex(bytes));
  }

  /** Whether the text has the form of a version. */
  public static boolean matches(String text) {
    return text.length() == LENGTH && text.chars().allMatch(HexFormat::isHexDigit);
  }

  @Override
  public String toString() {
    return value;
  }
}
