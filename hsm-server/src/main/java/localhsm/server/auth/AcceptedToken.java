package localhsm.server.auth;

import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import localhsm.id.PrincipalId;
import localhsm.rbac.Principal;
import localhsm.server.names.Site;

/**
 * The claims of a token that have to be looked at: once those that belong to the token itself, and
 * with every request those that depend on its time and its host.
 *
 * @param notBefore Unix seconds, the later of {@code nbf} and {@code iat}; zero when the token has
 *     neither
 * @param expires Unix seconds
 */
record AcceptedToken(
    String issuer, List<String> audiences, long notBefore, long expires, Principal principal) {
  /** How far the clocks of issuer and server may be apart. */
  private static final long SKEW_SECONDS = 300;

  private static final Pattern GUID =
      Pattern.compile(
          "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

  static AcceptedToken of(TokenJson claims, TokenRules rules) throws TokenRefusedException {
    if (!rules.tenant().toString().equalsIgnoreCase(claims.text("tid"))) {
      throw new TokenRefusedException("tid is another tenant");
    }
    long notBefore = claims.optionalSeconds("nbf").orElse(0L);
    long issued = claims.optionalSeconds("iat").orElse(0L);
    return new AcceptedToken(
        claims.text("iss"),
        claims.textOrTexts("aud"),
        Math.max(notBefore, issued),
        claims.optionalSeconds("exp").orElseThrow(() -> new TokenRefusedException("no exp")),
        principal(claims));
  }

  private static Principal principal(TokenJson claims) throws TokenRefusedException {
    Set<PrincipalId> groups = new HashSet<>();
    for (String group : claims.texts("groups")) {
      groups.add(objectId("groups", group));
    }
    Optional<String> application = claims.optionalText("appid");
    if (application.isEmpty()) {
      application = claims.optionalText("azp");
    }
    return new Principal(objectId("oid", claims.text("oid")), groups, application);
  }

  private static PrincipalId objectId(String name, String value) throws TokenRefusedException {
    if (!GUID.matcher(value).matches()) {
      throw new TokenRefusedException(name + " is not a GUID");
    }
    return new PrincipalId(UUID.fromString(value));
  }

  void requireTime(Clock clock) throws TokenRefusedException {
    long now = clock.instant().getEpochSecond();
    if (now >= expires + SKEW_SECONDS) {
      throw new TokenRefusedException("expired");
    }
    if (now < notBefore - SKEW_SECONDS) {
      throw new TokenRefusedException("not yet valid");
    }
  }

  void requireAudience(Site site, TokenRules rules) throws TokenRefusedException {
    for (String audience : audiences) {
      if (rules.accepts(audience, site)) {
        return;
      }
    }
    throw new TokenRefusedException("aud is not this HSM");
  }
}
