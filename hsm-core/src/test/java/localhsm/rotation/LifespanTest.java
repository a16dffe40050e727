package localhsm.rotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import localhsm.problem.ProblemException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LifespanTest {
  private static Lifespan of(String text) {
    return Lifespan.parse(text);
  }

  @Nested
  class ADuration {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "P90D",
          "P18M",
          "P2Y",
          "P1Y10D",
          "PT48H",
          "P4W",
          "P1Y2M3DT4H5M6S",
          "PT1S",
          "P0Y30D",
          "P100Y",
          "P36500D",
          "PT876000H",
          "P1DT0S"
        })
    void keepsItsText(String text) {
      assertThat(of(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "P",
          "PT",
          "P1DT",
          "90D",
          "P-90D",
          "-P90D",
          "+P90D",
          "P1.5D",
          "P1,5D",
          "PT1.5S",
          "p90d",
          "P90d",
          " P90D",
          "P90D ",
          "P90D\n",
          "P1D1Y",
          "P1M1Y",
          "P1H",
          "PT1D",
          "P1W1D",
          "P1Y1W",
          "P90",
          "PD",
          "P\u0661D",
          "P2026-01-01",
          "P1Y1Y",
          "P999999999999999999999D",
          "PT99999999999S",
          "P1S",
          "PT1Y"
        })
    void isRefusedInAnyOtherForm(String text) {
      assertThatThrownBy(() -> of(text))
          .isInstanceOf(ProblemException.class)
          .hasMessage("A time span must be an ISO 8601 duration such as P90D.");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "P0D",
          "PT0S",
          "P0Y0M0DT0H",
          "P0W",
          "P101Y",
          "P36501D",
          "P100Y1D",
          "PT876001H",
          "P9999M",
          "PT9999999999S"
        })
    void isRefusedWhenItIsNothingOrOverAHundredYears(String text) {
      assertThatThrownBy(() -> of(text))
          .isInstanceOf(ProblemException.class)
          .hasMessage("A time span must be longer than zero and at most 100 years.");
    }

    @Test
    void isEqualWhenItIsWrittenAlike() {
      assertThat(of("P4W")).isEqualTo(of("P4W")).hasSameHashCodeAs(of("P4W"));
      assertThat(of("P4W")).isNotEqualTo(of("P28D")).isNotEqualTo("P4W");
    }
  }

  @Nested
  class AddedToATime {
    @ParameterizedTest
    @CsvSource({
      "2027-01-31T10:00:00Z, P1M, 2027-02-28T10:00:00Z",
      "2028-01-31T10:00:00Z, P1M, 2028-02-29T10:00:00Z",
      "2028-02-29T00:00:00Z, P1Y, 2029-02-28T00:00:00Z",
      "2027-01-15T08:00:00Z, P18M, 2028-07-15T08:00:00Z",
      "2027-01-15T08:00:00Z, P1Y10D, 2028-01-25T08:00:00Z",
      "2027-03-27T12:00:00Z, P1D, 2027-03-28T12:00:00Z",
      "2027-01-15T08:00:00Z, PT48H, 2027-01-17T08:00:00Z",
      "2027-01-15T08:00:00Z, P4W, 2027-02-12T08:00:00Z",
      "2027-01-15T08:00:00Z, P1M1DT1H1M1S, 2027-02-16T09:01:01Z",
      "9999-12-31T23:59:59Z, P100Y, +10099-12-31T23:59:59Z"
    })
    void followsTheCalendarOfUtc(String start, String span, String end) {
      assertThat(of(span).addTo(Instant.parse(start))).isEqualTo(Instant.parse(end));
    }

    @ParameterizedTest
    @CsvSource({
      "2027-03-31T10:00:00Z, P1M, 2027-02-28T10:00:00Z",
      "2028-02-29T00:00:00Z, P1Y, 2027-02-28T00:00:00Z",
      "2027-01-15T08:00:00Z, P30D, 2026-12-16T08:00:00Z",
      "1970-01-01T00:00:00Z, P100Y, 1870-01-01T00:00:00Z"
    })
    void isTakenFromOneTheSameWay(String end, String span, String start) {
      assertThat(of(span).subtractFrom(Instant.parse(end))).isEqualTo(Instant.parse(start));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "P28D, false",
    "P27D, true",
    "P4W, false",
    "P3W, true",
    "P1M, false",
    "PT672H, false",
    "PT671H59M59S, true",
    "P27DT24H, false",
    "P1Y, false",
    "PT1S, true"
  })
  void isComparedWithDays(String span, boolean shorter) {
    assertThat(of(span).shorterThan(28)).isEqualTo(shorter);
  }

  @Test
  void countsAYearLikeTwelveMonths() {
    assertThat(of("P12M").shorterThan(365)).isFalse();
    assertThat(of("P1Y").fitsInto(of("P12M"), 0)).isTrue();
    assertThat(of("P12M").fitsInto(of("P1Y"), 0)).isTrue();
    assertThat(of("P12M").fitsInto(of("P1Y"), 1)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "P1M, P2M, true",
    "P30D, P1M28D, true",
    "P11M, P1Y, true",
    "P28D, P1M, false",
    "P1Y, P12M, false",
    "P99Y11M, P36493D, false"
  })
  void isShorterOnEveryDayOfTheCalendar(String span, String other, boolean shorter) {
    assertThat(of(span).alwaysShorterThan(of(other))).isEqualTo(shorter);
  }

  @Test
  void isReadQuicklyWhateverStandsThere() {
    String hostile = "P" + "1".repeat(100_000) + "D";
    assertThatThrownBy(() -> of(hostile)).isInstanceOf(ProblemException.class);
    assertThatCode(() -> of("P00001D")).doesNotThrowAnyException();
  }
}
