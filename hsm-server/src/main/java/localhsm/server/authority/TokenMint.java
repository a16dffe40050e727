package localhsm.server.authority;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import localhsm.id.TenantId;

/** Makes app-only access tokens of version 1, as Microsoft Entra ID does for this resource. */
public final class TokenMint {
  private static final int UNIQUE_BYTES = 16;

  private final TenantId tenant;
  private final SigningKey key;
  private final Clock clock;
  private final SecureRandom random;

  /** Signs for a tenant with the given key. */
  public TokenMint(TenantId tenant, SigningKey key, Clock clock, SecureRandom random) {
    this.tenant = tenant;
    this.key = key;
    this.clock = clock;
    this.random = random;
  }

  /** Makes the token that was ordered. */
  public CompletionStage<MintedToken> mint(TokenOrder order) {
    long now = clock.instant().getEpochSecond();
    long expires = now + order.lifetime().toSeconds();
    return key.sign(claims(order, now, expires))
        .thenApply(token -> new MintedToken(token, order.audience(), now, expires));
  }

  /** Signs any claims, right or wrong, for those who test what is refused. */
  public CompletionStage<String> sign(Map<String, Object> claims) {
    return key.sign(claims);
  }

  /** The claims of the token that {@link #mint} would make now, to be changed and signed. */
  public Map<String, Object> claims(TokenOrder order) {
    long now = clock.instant().getEpochSecond();
    return claims(order, now, now + order.lifetime().toSeconds());
  }

  private Map<String, Object> claims(TokenOrder order, long now, long expires) {
    Identity identity = order.identity();
    String issuer = EmbeddedIssuer.version1(tenant);
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("aud", order.audience());
    claims.put("iss", issuer);
    claims.put("iat", now);
    claims.put("nbf", now);
    claims.put("exp", expires);
    claims.put("aio", unique());
    claims.put("appid", identity.clientId().toString());
    claims.put("appidacr", order.way().claim());
    claims.put("idp", issuer);
    claims.put("idtyp", "app");
    claims.put("oid", identity.objectId().toString());
    claims.put("sub", identity.objectId().toString());
    claims.put("tid", tenant.toString());
    claims.put("uti", unique());
    claims.put("ver", "1.0");
    if (order.continuousAccess()) {
      claims.put("xms_cc", List.of("CP1"));
    }
    if (order.way() == TokenOrder.Way.MANAGED_IDENTITY) {
      claims.put("xms_mirid", identity.resourceId());
    }
    return claims;
  }

  private String unique() {
    byte[] bytes = new byte[UNIQUE_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
