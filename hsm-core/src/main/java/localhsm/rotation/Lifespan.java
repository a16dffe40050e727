package localhsm.rotation;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import localhsm.problem.Problems;

/**
 * A length of time in the life of a key, as an ISO 8601 duration such as {@code P90D}, {@code P18M}
 * or {@code P1Y10D}: longer than nothing, at most 100 years. Years and months are those of the UTC
 * calendar. The text is kept as it was given.
 */
public final class Lifespan {
  private static final Pattern ISO_8601 =
      Pattern.compile(
          "P(?=.)(?:(\\d{1,4})W|"
              + "(?:(\\d{1,3})Y)?(?:(\\d{1,4})M)?(?:(\\d{1,5})D)?"
              + "(?:T(?=\\d)(?:(\\d{1,6})H)?(?:(\\d{1,8})M)?(?:(\\d{1,10})S)?)?)");
  private static final int DAYS_OF_A_WEEK = 7;
  private static final int MONTHS_OF_A_YEAR = 12;
  private static final int DAYS_OF_A_YEAR = 365;
  private static final int DAYS_OF_A_MONTH = 30;
  private static final int LONGEST_YEAR = 366;
  private static final int LONGEST_MONTH = 31;
  private static final int SHORTEST_MONTH = 28;
  private static final long SECONDS_OF_A_DAY = 86_400;
  private static final long LONGEST_DAYS = 100L * DAYS_OF_A_YEAR;

  private final String text;
  private final int months;
  private final int days;
  private final long seconds;

  private Lifespan(String text, Matcher parts) {
    this.text = text;
    this.months = (int) (MONTHS_OF_A_YEAR * number(parts, 2) + number(parts, 3));
    this.days = (int) (DAYS_OF_A_WEEK * number(parts, 1) + number(parts, 4));
    this.seconds = 3600 * number(parts, 5) + 60 * number(parts, 6) + number(parts, 7);
  }

  /**
   * Reads an ISO 8601 duration: upper case, whole numbers, no sign, weeks only by themselves.
   *
   * @throws localhsm.problem.ProblemException for any other text, for nothing and for more than 100
   *     years
   */
  public static Lifespan parse(String text) {
    Matcher parts = ISO_8601.matcher(text);
    if (!parts.matches()) {
      throw Problems.badParameter("A time span must be an ISO 8601 duration such as P90D.");
    }
    Lifespan span = new Lifespan(text, parts);
    if (span.nominalSeconds() == 0 || span.nominalSeconds() > LONGEST_DAYS * SECONDS_OF_A_DAY) {
      throw Problems.badParameter("A time span must be longer than zero and at most 100 years.");
    }
    return span;
  }

  private static long number(Matcher parts, int group) {
    String digits = parts.group(group);
    return digits == null ? 0 : Long.parseLong(digits);
  }

  /** The time that lies this span after the given one. */
  public Instant addTo(Instant start) {
    return utc(start).plusMonths(months).plusDays(days).plusSeconds(seconds).toInstant();
  }

  /** The time that lies this span before the given one. */
  public Instant subtractFrom(Instant end) {
    return utc(end).minusMonths(months).minusDays(days).minusSeconds(seconds).toInstant();
  }

  /** Compares with a number of days; a year counts 365 of them, a month that is left over 30. */
  boolean shorterThan(int otherDays) {
    return nominalSeconds() < otherDays * SECONDS_OF_A_DAY;
  }

  /** Whether this span and that many days fit into the other one, counted in the same way. */
  boolean fitsInto(Lifespan other, int spareDays) {
    return nominalSeconds() + spareDays * SECONDS_OF_A_DAY <= other.nominalSeconds();
  }

  /** Whether this span is the shorter one on every day of the calendar. */
  boolean alwaysShorterThan(Lifespan other) {
    return seconds(LONGEST_YEAR, LONGEST_MONTH) < other.seconds(DAYS_OF_A_YEAR, SHORTEST_MONTH);
  }

  private long nominalSeconds() {
    return seconds(DAYS_OF_A_YEAR, DAYS_OF_A_MONTH);
  }

  private long seconds(int daysOfAYear, int daysOfAMonth) {
    long wholeDays =
        (long) months / MONTHS_OF_A_YEAR * daysOfAYear
            + (long) months % MONTHS_OF_A_YEAR * daysOfAMonth
            + days;
    return wholeDays * SECONDS_OF_A_DAY + seconds;
  }

  private static OffsetDateTime utc(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }

  /** Spans are equal when they were written alike. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Lifespan that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The text as it was given. */
  @Override
  public String toString() {
    return text;
  }
}
