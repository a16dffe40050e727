package localhsm.server.authority;

import java.time.Duration;

/**
 * What a token is to say.
 *
 * @param audience the resource, exactly as it was asked for
 * @param way how the identity proved itself
 * @param continuousAccess whether the client understands claims challenges ({@code xms_cc} CP1)
 */
public record TokenOrder(
    Identity identity, String audience, Duration lifetime, Way way, boolean continuousAccess) {
  /** How long tokens live unless asked otherwise. */
  public static final Duration DEFAULT_LIFETIME = Duration.ofHours(1);

  /** Ways to prove an identity, with the value of {@code appidacr}. */
  public enum Way {
    CLIENT_SECRET("1"),
    MANAGED_IDENTITY("2");

    private final String claim;

    Way(String claim) {
      this.claim = claim;
    }

    String claim() {
      return claim;
    }
  }
}
