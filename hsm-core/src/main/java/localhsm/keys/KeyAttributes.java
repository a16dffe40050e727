package localhsm.keys;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The attributes of one key version.
 *
 * @param notBefore first second of use, inclusive
 * @param expires first second of no use: exclusive
 * @param created when the version was made, in whole seconds
 * @param updated when it last changed, in whole seconds
 */
public record KeyAttributes(
    boolean enabled,
    Optional<Instant> notBefore,
    Optional<Instant> expires,
    boolean exportable,
    Instant created,
    Instant updated) {

  /** A clock's time as attributes keep it: in whole seconds. */
  public static Instant seconds(Clock clock) {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }
}
