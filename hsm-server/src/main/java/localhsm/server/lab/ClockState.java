package localhsm.server.lab;

import java.time.Instant;
import java.util.Optional;
import localhsm.problem.ProblemException;
import localhsm.problem.Problems;

/**
 * How far time is from real time.
 *
 * @param frozen the moment at which it stands still; empty while it runs
 * @param offsetSeconds what running time is ahead of real time
 * @param tokens whether tokens are judged by it too
 */
record ClockState(Optional<Instant> frozen, long offsetSeconds, boolean tokens) {
  static final ClockState REAL = new ClockState(Optional.empty(), 0, false);

  /** The last second of the year 9999: later ones have no four-digit year. */
  private static final long LAST = 253_402_300_799L;

  private static final Instant END = Instant.ofEpochSecond(LAST);

  /** The time when real time is the given one; it does not run beyond the last second. */
  Instant at(Instant real) {
    Instant now = frozen.orElseGet(() -> real.plusSeconds(offsetSeconds));
    return now.isAfter(END) ? END : now;
  }

  ClockState freeze(long second) {
    return new ClockState(
        Optional.of(Instant.ofEpochSecond(inRange(second))), offsetSeconds, tokens);
  }

  /** Runs on from the given second. Whole seconds, so that the offset is the same at each look. */
  ClockState set(long second, Instant real) {
    return new ClockState(Optional.empty(), inRange(second) - real.getEpochSecond(), tokens);
  }

  /** Moves on, or back, and stands still or runs as before. */
  ClockState advance(long seconds, Instant real) {
    long from = at(real).getEpochSecond();
    long to = inRange(sum(from, seconds));
    return frozen.isPresent() ? freeze(to) : set(to, real);
  }

  ClockState withTokens(boolean follow) {
    return new ClockState(frozen, offsetSeconds, follow);
  }

  private static long sum(long from, long seconds) {
    try {
      return Math.addExact(from, seconds);
    } catch (ArithmeticException e) {
      throw outOfRange();
    }
  }

  private static long inRange(long second) {
    if (second < 0 || second > LAST) {
      throw outOfRange();
    }
    return second;
  }

  private static ProblemException outOfRange() {
    return Problems.badParameter("The clock goes from 0 to " + LAST + " (Unix seconds).");
  }
}
