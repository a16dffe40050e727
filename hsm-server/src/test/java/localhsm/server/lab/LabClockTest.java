package localhsm.server.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import localhsm.keys.SettableClock;
import localhsm.problem.Problem;
import localhsm.problem.ProblemException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The clock of the lab")
class LabClockTest {
  private static final Instant START = Instant.parse("2026-08-01T12:00:00.250Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");
  private static final Instant LONG_AGO = Instant.ofEpochSecond(1000);

  private final SettableClock real = new SettableClock(START);
  private final LabClock clock = new LabClock(real);

  private void change(ClockForm form, long seconds) {
    clock.change(new ClockChange(form, seconds, Optional.empty()));
  }

  private void change(ClockForm form, long seconds, boolean tokens) {
    clock.change(new ClockChange(form, seconds, Optional.of(tokens)));
  }

  private void pass(long seconds) {
    real.set(real.instant().plusSeconds(seconds));
  }

  @Nested
  @DisplayName("that nobody has touched")
  class Untouched {

    @Test
    void showsRealTime() {
      pass(5);

      assertThat(clock.instant()).isEqualTo(START.plusSeconds(5));
      assertThat(clock.tokens().instant()).isEqualTo(START.plusSeconds(5));
      assertThat(clock.read())
          .isEqualTo(new LabClock.Reading(START.plusSeconds(5), false, 0, false));
    }
  }

  @Nested
  @DisplayName("that is frozen")
  class Frozen {

    @Test
    void standsStill() {
      change(ClockForm.FREEZE, 1000);
      pass(5);

      assertThat(clock.instant()).isEqualTo(LONG_AGO);
      assertThat(clock.read())
          .isEqualTo(
              new LabClock.Reading(
                  LONG_AGO, true, 1000 - START.plusSeconds(5).getEpochSecond(), false));
    }

    @Test
    void staysFrozenWhenAdvanced() {
      change(ClockForm.FREEZE, 1000);
      change(ClockForm.ADVANCE, 60);
      pass(5);

      assertThat(clock.instant()).isEqualTo(LONG_AGO.plusSeconds(60));
      assertThat(clock.read().frozen()).isTrue();
    }

    @Test
    void runsOnFromWhereItIsSet() {
      change(ClockForm.FREEZE, 1000);
      change(ClockForm.SET, 5000);
      pass(5);

      assertThat(clock.instant().getEpochSecond()).isEqualTo(5005);
      assertThat(clock.read().frozen()).isFalse();
    }
  }

  @Nested
  @DisplayName("that is set")
  class Set {

    @Test
    void runsOnFromThere() {
      change(ClockForm.SET, 1000);
      pass(5);

      assertThat(Duration.between(LONG_AGO.plusSeconds(5), clock.instant()))
          .isLessThan(Duration.ofSeconds(1))
          .isGreaterThanOrEqualTo(Duration.ZERO);
      assertThat(clock.read().offsetSeconds()).isEqualTo(1000 - START.getEpochSecond());
    }

    @Test
    void addsWhatItIsAdvanced() {
      change(ClockForm.SET, 1000);
      change(ClockForm.ADVANCE, 60);
      change(ClockForm.ADVANCE, -10);

      assertThat(clock.instant().getEpochSecond()).isEqualTo(1050);
    }

    @Test
    void doesNotRunBeyondTheLastSecond() {
      change(ClockForm.SET, LAST.getEpochSecond());
      pass(5);

      assertThat(clock.instant()).isEqualTo(LAST);
    }
  }

  @Nested
  @DisplayName("that is advanced")
  class Advanced {

    @Test
    void isAheadByThatMuch() {
      change(ClockForm.ADVANCE, 86_400);

      assertThat(clock.instant()).isEqualTo(START.plusSeconds(86_400));
      assertThat(clock.read().offsetSeconds()).isEqualTo(86_400);
    }
  }

  @Nested
  @DisplayName("that is resumed")
  class Resumed {

    @Test
    void showsRealTimeAgainAndLetsTokensGo() {
      change(ClockForm.FREEZE, 1000, true);
      change(ClockForm.RESUME, 0);

      assertThat(clock.read()).isEqualTo(new LabClock.Reading(START, false, 0, false));
    }
  }

  @Nested
  @DisplayName("for tokens")
  class ForTokens {

    @Test
    void isRealTimeUnlessToldOtherwise() {
      change(ClockForm.FREEZE, 1000);

      assertThat(clock.tokens().instant()).isEqualTo(START);
    }

    @Test
    void followsWhenToldUntilToldOtherwise() {
      change(ClockForm.FREEZE, 1000, true);
      assertThat(clock.tokens().instant()).isEqualTo(LONG_AGO);

      change(ClockForm.ADVANCE, 1);
      assertThat(clock.tokens().instant()).isEqualTo(LONG_AGO.plusSeconds(1));

      change(ClockForm.ADVANCE, 1, false);
      assertThat(clock.tokens().instant()).isEqualTo(START);
      assertThat(clock.instant()).isEqualTo(LONG_AGO.plusSeconds(2));
    }
  }

  @Nested
  @DisplayName("in another zone")
  class InAnotherZone {

    @Test
    void showsTheSameMoments() {
      ZoneId zone = ZoneId.of("Europe/Oslo");
      change(ClockForm.FREEZE, 1000);

      assertThat(clock.getZone()).isEqualTo(ZoneOffset.UTC);
      assertThat(clock.withZone(zone).getZone()).isEqualTo(zone);
      assertThat(clock.withZone(zone).withZone(ZoneOffset.UTC).instant()).isEqualTo(LONG_AGO);
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "FREEZE, 0",
    "FREEZE, 253402300799",
    "SET, 0",
    "SET, 253402300799",
    "ADVANCE, 0",
    "ADVANCE, -1000000",
    "ADVANCE, 253402300799",
  })
  void staysBetween1970And9999(ClockForm form, long seconds) {
    change(ClockForm.FREEZE, form == ClockForm.ADVANCE && seconds < 0 ? 1_000_000 : 0);
    change(form, seconds);

    assertThat(clock.instant()).isBetween(Instant.EPOCH, LAST);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "FREEZE, -1",
    "FREEZE, 253402300800",
    "FREEZE, 9223372036854775807",
    "FREEZE, -9223372036854775808",
    "SET, -1",
    "SET, 253402300800",
    "SET, 9223372036854775807",
    "SET, -9223372036854775808",
    "ADVANCE, 253402300799",
    "ADVANCE, -2000000000",
    "ADVANCE, 9223372036854775807",
    "ADVANCE, -9223372036854775808",
  })
  void refusesToLeaveItsRangeAndShowsWhatItDid(ClockForm form, long seconds) {
    assertThatThrownBy(() -> change(form, seconds, true))
        .isInstanceOfSatisfying(
            ProblemException.class,
            no -> assertThat(no.problem().kind()).isEqualTo(Problem.Kind.BAD_PARAMETER));

    assertThat(clock.read()).isEqualTo(new LabClock.Reading(START, false, 0, false));
  }
}
