package localhsm.release;

import java.util.List;
import java.util.Map;

/**
 * The rules under which an exportable key may be released: whose attestations are believed, and
 * what they must say. {@link ReleasePolicyCodec} makes them.
 *
 * @param document the policy as canonical JSON: sorted members, no blanks
 * @param immutable whether the policy, this flag included, can never change again
 * @param anyOf the authorities, one of which is enough; never empty
 */
public record ReleasePolicy(String document, boolean immutable, List<Authority> anyOf) {

  /** Keeps its own copy of the authorities. */
  public ReleasePolicy {
    anyOf = List.copyOf(anyOf);
  }

  /**
   * Somebody whose attestations are believed, and what they must say.
   *
   * @param issuer its {@code iss}
   */
  public record Authority(String issuer, Condition condition) {

    /** Compares exactly, but for one slash at the end on either side. */
    private boolean goesBy(String iss) {
      return withoutSlash(issuer).equals(withoutSlash(iss));
    }

    private static String withoutSlash(String url) {
      return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
  }

  /**
   * Whether one authority of the policy is this issuer and its condition is met.
   *
   * @param claims of a token whose signature was checked; values are texts, numbers, truth values,
   *     lists and maps
   */
  public boolean allows(String issuer, Map<String, Object> claims) {
    return anyOf.stream()
        .anyMatch(authority -> authority.goesBy(issuer) && authority.condition().met(claims));
  }
}
