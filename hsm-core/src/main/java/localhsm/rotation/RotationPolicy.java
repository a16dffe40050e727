package localhsm.rotation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import localhsm.problem.Problems;

/**
 * When a key gets its next version by itself, and how long such a version lives. A Managed HSM
 * knows the action Rotate only, so a policy is at most one trigger.
 *
 * @param timeAfterCreate rotates that long after the latest version was made
 * @param timeBeforeExpiry rotates that long before the latest version expires, if it does
 * @param expiryTime how long a rotated version lives; forever when empty
 * @param created when the key got a policy, in whole seconds; empty until it is stored
 * @param updated when the policy was last set, in whole seconds; empty until it is stored
 */
public record RotationPolicy(
    Optional<Lifespan> timeAfterCreate,
    Optional<Lifespan> timeBeforeExpiry,
    Optional<Lifespan> expiryTime,
    Optional<Instant> created,
    Optional<Instant> updated) {
  /** The policy that takes the one of a key away, and what a key without one answers. */
  public static final RotationPolicy BLANK = of(List.of(), Optional.empty());

  private static final int FLOOR_DAYS = 28;
  private static final String ROTATE = "rotate";
  private static final String NOTIFY = "notify";

  /**
   * An action as a client writes it, with its trigger.
   *
   * @param type {@code Rotate} in any case
   */
  public record Action(
      String type, Optional<Lifespan> timeAfterCreate, Optional<Lifespan> timeBeforeExpiry) {}

  /**
   * Checks the triggers and the floors of 28 days.
   *
   * @throws localhsm.problem.ProblemException for two triggers, and for a time that is too short or
   *     too long
   */
  public RotationPolicy {
    if (timeAfterCreate.isPresent() && timeBeforeExpiry.isPresent()) {
      throw Problems.badParameter("A trigger has either timeAfterCreate or timeBeforeExpiry.");
    }
    if (expiryTime.filter(RotationPolicy::tooShort).isPresent()) {
      throw Problems.badParameter("Property expiryTime must be at least P28D.");
    }
    if (timeAfterCreate.filter(RotationPolicy::tooShort).isPresent()) {
      throw Problems.badParameter("Property timeAfterCreate must be at least P28D.");
    }
    if (timeBeforeExpiry.isPresent()
        && expiryTime.isPresent()
        && !leavesRoom(timeBeforeExpiry.get(), expiryTime.get())) {
      throw Problems.badParameter(
          "Property timeBeforeExpiry must be at least 28 days shorter than expiryTime.");
    }
  }

  /**
   * The policy of the given actions.
   *
   * @throws localhsm.problem.ProblemException for more than one action, for one that is not Rotate,
   *     for one without exactly one trigger, and for times that break the floors
   */
  public static RotationPolicy of(List<Action> actions, Optional<Lifespan> expiryTime) {
    if (actions.size() > 1) {
      throw Problems.badParameter("A rotation policy has at most one lifetime action, Rotate.");
    }
    Optional<Action> action = actions.stream().findFirst();
    action.ifPresent(RotationPolicy::requireRotate);
    return new RotationPolicy(
        action.flatMap(Action::timeAfterCreate),
        action.flatMap(Action::timeBeforeExpiry),
        expiryTime,
        Optional.empty(),
        Optional.empty());
  }

  private static void requireRotate(Action action) {
    if (action.type().equalsIgnoreCase(NOTIFY)) {
      throw Problems.badParameter("The action Notify is not supported by Managed HSM.");
    }
    if (!action.type().equalsIgnoreCase(ROTATE)) {
      throw Problems.badParameter("The type of a lifetime action must be Rotate.");
    }
    if (action.timeAfterCreate().isEmpty() && action.timeBeforeExpiry().isEmpty()) {
      throw Problems.badParameter("A trigger needs timeAfterCreate or timeBeforeExpiry.");
    }
  }

  /** A new version that is due at once would be followed by another one, and so on. */
  private static boolean leavesRoom(Lifespan beforeExpiry, Lifespan expiryTime) {
    return beforeExpiry.fitsInto(expiryTime, FLOOR_DAYS)
        && beforeExpiry.alwaysShorterThan(expiryTime);
  }

  private static boolean tooShort(Lifespan span) {
    return span.shorterThan(FLOOR_DAYS);
  }

  /** Whether it says nothing. */
  public boolean blank() {
    return Stream.of(timeAfterCreate, timeBeforeExpiry, expiryTime).allMatch(Optional::isEmpty);
  }

  /** Whether it acts only on keys that expire, and gives them no expiry itself. */
  public boolean needsExpiry() {
    return timeBeforeExpiry.isPresent() && expiryTime.isEmpty();
  }

  /** The same rules, set at the given times. */
  public RotationPolicy stored(Instant created, Instant updated) {
    return new RotationPolicy(
        timeAfterCreate, timeBeforeExpiry, expiryTime, Optional.of(created), Optional.of(updated));
  }

  /**
   * When a key rotates by itself.
   *
   * @param made when its latest version was made
   * @param expires when its latest version expires
   * @return empty when it never does
   */
  public Optional<Instant> due(Instant made, Optional<Instant> expires) {
    return timeAfterCreate
        .map(span -> span.addTo(made))
        .or(() -> timeBeforeExpiry.flatMap(span -> expires.map(span::subtractFrom)));
  }
}
