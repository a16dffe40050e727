package localhsm.server.lab;

import java.time.Instant;
import localhsm.problem.Problems;
import localhsm.server.json.JsonBody;

/** The ways to change the clock. Each is a member of the request, with what it takes. */
enum ClockForm {
  /** Stands still at a moment. */
  FREEZE("freeze") {
    @Override
    ClockState apply(ClockState before, long seconds, Instant real) {
      return before.freeze(seconds);
    }
  },
  /** Runs on from a moment. */
  SET("set") {
    @Override
    ClockState apply(ClockState before, long seconds, Instant real) {
      return before.set(seconds, real);
    }
  },
  /** Moves by some seconds. */
  ADVANCE("advance") {
    @Override
    ClockState apply(ClockState before, long seconds, Instant real) {
      return before.advance(seconds, real);
    }
  },
  /** Goes back to real time. */
  RESUME("resume") {
    @Override
    ClockState apply(ClockState before, long seconds, Instant real) {
      return ClockState.REAL;
    }

    @Override
    long argument(JsonBody body) {
      if (!body.bool(member()).orElse(false)) {
        throw Problems.badParameter("Property resume must be true.");
      }
      return 0;
    }
  };

  private final String member;

  ClockForm(String member) {
    this.member = member;
  }

  String member() {
    return member;
  }

  /** The clock afterwards. */
  abstract ClockState apply(ClockState before, long seconds, Instant real);

  /** The seconds of the request's member, which is there; 0 for a form that takes none. */
  long argument(JsonBody body) {
    return body.longInteger(member).orElse(0L);
  }
}
