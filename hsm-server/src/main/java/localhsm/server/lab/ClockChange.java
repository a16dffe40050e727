package localhsm.server.lab;

import java.time.Instant;
import java.util.Optional;

/**
 * A wish to change the clock.
 *
 * @param seconds the form's argument
 * @param tokens whether tokens are to follow; empty: as before, or no more when time is real again
 */
record ClockChange(ClockForm form, long seconds, Optional<Boolean> tokens) {

  ClockState apply(ClockState before, Instant real) {
    ClockState after = form.apply(before, seconds, real);
    return tokens.map(after::withTokens).orElse(after);
  }
}
