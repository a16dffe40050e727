package localhsm.keys.lifecycle;

import java.time.Duration;
import java.time.Instant;
import localhsm.keys.Deletion;

/**
 * How deleted keys are kept: fixed for an HSM when it is made.
 *
 * @param retentionDays 7 to 90
 * @param purgeProtection whether a deleted key goes only at the end of its retention
 */
public record SoftDelete(int retentionDays, boolean purgeProtection) {
  /** Of an HSM that was made without a choice. */
  public static final SoftDelete DEFAULT = new SoftDelete(90, false);

  private static final int SHORTEST_DAYS = 7;
  private static final int LONGEST_DAYS = 90;

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException for fewer than 7 days or more than 90
   */
  public SoftDelete {
    if (retentionDays < SHORTEST_DAYS || retentionDays > LONGEST_DAYS) {
      throw new IllegalArgumentException("deleted keys are kept for 7 to 90 days");
    }
  }

  /** The {@code recoveryLevel} of every key, such as {@code Recoverable+Purgeable}. */
  public String recoveryLevel() {
    String level = retentionDays == LONGEST_DAYS ? "Recoverable" : "CustomizedRecoverable";
    return purgeProtection ? level : level + "+Purgeable";
  }

  /** The deletion of a key now. */
  Deletion at(Instant now) {
    return new Deletion(now, now.plus(Duration.ofDays(retentionDays)));
  }
}
