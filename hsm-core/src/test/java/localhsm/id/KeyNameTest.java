package localhsm.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.stream.Stream;
import localhsm.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyNameTest {

  static Stream<String> wrong() {
    return Stream.of(
        "", " ", "a b", "a_b", "a.b", "a/b", "a\n", "\na", "ä", "K\u212A", "a".repeat(128));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "A", "0", "-", "my-key-1", "---"})
  void takesLettersDigitsAndHyphens(String value) {
    assertThat(new KeyName(value).value()).isEqualTo(value);
    assertThat(new KeyName(value)).hasToString(value);
  }

  @Test
  void takesOneHundredTwentySevenCharacters() {
    assertThat(new KeyName("a".repeat(127)).value()).hasSize(127);
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void refusesAnythingElse(String value) {
    assertThat(
            catchThrowableOfType(ProblemException.class, () -> new KeyName(value)).problem().code())
        .isEqualTo("Invalidkeyidentifier");
  }

  @Test
  void isTheSameInAnyCase() {
    assertThat(new KeyName("My-KEY"))
        .isEqualTo(new KeyName("mY-key"))
        .hasSameHashCodeAs(new KeyName("mY-key"))
        .isNotEqualTo(new KeyName("my-key2"));
    assertThat(new KeyName("My-KEY").folded()).isEqualTo("my-key");
  }
}
