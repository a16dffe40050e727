package localhsm.server.lab;

import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateCrtKey;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import localhsm.server.http.Response;
import localhsm.server.pipeline.Exchange;
import localhsm.server.pipeline.Handler;
import localhsm.server.release.CertifiedKey;
import localhsm.server.release.SigningIdentity;

/**
 * Makes attestation tokens of any claims. Times that the claims give win, so that tokens can be had
 * that are over; the issuer and the key of the environment cannot be replaced.
 */
final class AttestationMintHandler implements Handler {
  private static final String RUNTIME = "x-ms-runtime";

  private final SigningIdentity identity;
  private final SecureRandom random;
  private final Clock clock;

  AttestationMintHandler(SigningIdentity identity, SecureRandom random, Clock clock) {
    this.identity = identity;
    this.random = random;
    this.clock = clock;
  }

  @Override
  public CompletionStage<Response> handle(Exchange exchange) {
    AttestationOrder order = AttestationJson.read(exchange.request());
    String issuer = AttestationAuthority.issuer(exchange.site());
    return identity.sign(signer -> Response.ok(mint(signer, issuer, order)));
  }

  private byte[] mint(CertifiedKey signer, String issuer, AttestationOrder order) {
    Optional<RSAPrivateCrtKey> made =
        order.key().isPresent() ? Optional.empty() : Optional.of(RsaJwk.generate(random));
    RsaJwk.Public key = made.map(RsaJwk::publicPart).or(order::key).orElseThrow();
    String token = signer.jwt(claims(issuer, order, key));
    return AttestationJson.minted(token, made.map(RsaJwk::members));
  }

  private Map<String, Object> claims(String issuer, AttestationOrder order, RsaJwk.Public key) {
    long now = clock.instant().getEpochSecond();
    Map<String, Object> claims = new HashMap<>();
    claims.put("iat", now);
    claims.put("exp", now + order.lifetimeSeconds());
    claims.putAll(order.claims());
    claims.put("iss", issuer);
    Map<Object, Object> runtime = new HashMap<>();
    if (claims.get(RUNTIME) instanceof Map<?, ?> given) {
      runtime.putAll(given);
    }
    runtime.put("keys", List.of(key.members()));
    claims.put(RUNTIME, runtime);
    return claims;
  }
}
