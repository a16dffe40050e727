package localhsm.rbac;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {

  @ParameterizedTest
  @CsvSource({
    "*, keys/read/action",
    "keys/*, keys/read/action",
    "*/action, keys/read/action",
    "keys/*/action, keys/deletedKeys/read/action",
    "KEYS/Read/ACTION, keys/read/action",
    "keys/read/action, keys/read/action",
    "k*y*e*n, keys/read/action",
    "keys/read/action*, keys/read/action",
    "**, keys",
  })
  void matches(String pattern, String text) {
    assertThat(Glob.matches(pattern, text)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "'', keys",
    "keys, keys/read",
    "keys/read, keys",
    "keys/*/delete, keys/read/action",
    "*x*, keys",
    "key., keys",
    "key?, keys",
    "[k]eys, keys",
    "ke\u017fs, kess",
    "\u212aeys, keys",
  })
  void differs(String pattern, String text) {
    assertThat(Glob.matches(pattern, text)).isFalse();
  }

  @Test
  void manyAsterisksDoNotBlowUp() {
    String pattern = "*a".repeat(2000) + "b";
    assertThat(Glob.matches(pattern, "a".repeat(5000))).isFalse();
  }
}
