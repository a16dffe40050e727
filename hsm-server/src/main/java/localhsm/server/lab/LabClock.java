package localhsm.server.lab;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.Supplier;

/**
 * The time that keys live by: real time, until the lab freezes or moves it. It may jump back as
 * well as forward. Tokens, which come from other clocks, are judged by {@link #tokens()}.
 */
public final class LabClock extends Clock {
  private final Clock real;
  private volatile ClockState state = ClockState.REAL;

  /** Shows the time of the given clock until told otherwise. */
  public LabClock(Clock real) {
    this.real = real;
  }

  /**
   * What the clock shows.
   *
   * @param offsetSeconds what it is ahead of real time
   * @param tokens whether tokens are judged by it
   */
  record Reading(Instant now, boolean frozen, long offsetSeconds, boolean tokens) {}

  /** The time that tokens are judged by: real time, or this clock's when the lab says so. */
  public Clock tokens() {
    return new View(this::tokenInstant, getZone());
  }

  private Instant tokenInstant() {
    ClockState shown = state;
    return shown.tokens() ? shown.at(real.instant()) : real.instant();
  }

  /** Goes back to real time. */
  public synchronized void resume() {
    state = ClockState.REAL;
  }

  /**
   * Changes the time at once for everybody.
   *
   * @throws localhsm.problem.ProblemException when it would leave its range; nothing is changed
   *     then
   */
  synchronized void change(ClockChange change) {
    state = change.apply(state, real.instant());
  }

  Reading read() {
    ClockState shown = state;
    Instant realNow = real.instant();
    Instant now = shown.at(realNow);
    return new Reading(
        now,
        shown.frozen().isPresent(),
        now.getEpochSecond() - realNow.getEpochSecond(),
        shown.tokens());
  }

  @Override
  public Instant instant() {
    return state.at(real.instant());
  }

  @Override
  public ZoneId getZone() {
    return real.getZone();
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return new View(this::instant, zone);
  }

  /** A clock that asks for each moment anew. */
  private static final class View extends Clock {
    private final Supplier<Instant> source;
    private final ZoneId zone;

    View(Supplier<Instant> source, ZoneId zone) {
      this.source = source;
      this.zone = zone;
    }

    @Override
    public Instant instant() {
      return source.get();
    }

    @Override
    public ZoneId getZone() {
      return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
      return new View(source, other);
    }
  }
}
