package localhsm.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import localhsm.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyVersionTest {
  private static final String DIGITS = "0123456789abcdef0123456789ABCDEF";

  @Test
  void isKeptInLowerCase() {
    assertThat(new KeyVersion(DIGITS)).hasToString("0123456789abcdef0123456789abcdef");
    assertThat(new KeyVersion(DIGITS))
        .isEqualTo(new KeyVersion(DIGITS.toUpperCase(java.util.Locale.ROOT)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0123456789abcdef0123456789abcde",
        "0123456789abcdef0123456789abcdef0",
        "0123456789abcdef0123456789abcdeg",
        "01234567-89ab-cdef-0123-456789abc"
      })
  void refusesAnythingElse(String value) {
    assertThat(
            catchThrowableOfType(ProblemException.class, () -> new KeyVersion(value))
                .problem()
                .code())
        .isEqualTo("Invalidkeyidentifier");
  }
}
