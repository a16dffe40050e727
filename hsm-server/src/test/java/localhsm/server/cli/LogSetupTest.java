package localhsm.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogSetupTest {

  @Nested
  class TheLevel {

    @ParameterizedTest
    @CsvSource({
      "error,SEVERE",
      "warning,WARNING",
      "info,INFO",
      "Debug,FINE",
      "trace,ALL",
      "loud,WARNING"
    })
    void isNamedByTheVariable(String name, String level) {
      assertThat(LogSetup.level(name)).isEqualTo(level);
    }

    @Test
    void isWarningUnlessNamed() {
      assertThat(LogSetup.level(null)).isEqualTo("WARNING");
    }
  }
}
