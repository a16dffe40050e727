package localhsm.keys.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import localhsm.keys.Deletion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SoftDeleteTest {
  @ParameterizedTest
  @CsvSource({
    "90, false, Recoverable+Purgeable",
    "90, true, Recoverable",
    "89, false, CustomizedRecoverable+Purgeable",
    "7, false, CustomizedRecoverable+Purgeable",
    "7, true, CustomizedRecoverable"
  })
  void namesItsRecoveryLevel(int days, boolean purgeProtection, String level) {
    assertThat(new SoftDelete(days, purgeProtection).recoveryLevel()).isEqualTo(level);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 6, 91, Integer.MAX_VALUE})
  void keepsKeysForSevenToNinetyDays(int days) {
    assertThatIllegalArgumentException().isThrownBy(() -> new SoftDelete(days, false));
  }

  @Test
  void schedulesThePurgeByDaysOfTwentyFourHours() {
    Instant now = Instant.parse("2027-03-27T12:00:00Z");
    assertThat(new SoftDelete(7, false).at(now))
        .isEqualTo(new Deletion(now, now.plusSeconds(604_800)));
  }
}
