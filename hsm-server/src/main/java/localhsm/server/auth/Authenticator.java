package localhsm.server.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import localhsm.problem.ProblemException;
import localhsm.problem.Problems;
import localhsm.server.names.Site;
import localhsm.server.pipeline.Control;
import localhsm.server.pipeline.Exchange;

/**
 * Lets nothing pass without a valid bearer token (RFC 6750). Whatever is wrong, the answer is the
 * same 401 with the challenge. Accepted tokens are remembered by their hash; what depends on time
 * and host is checked again with every request.
 */
public final class Authenticator implements Control {
  private static final int MAX_TOKEN_LENGTH = 16 * 1024;
  private static final int REMEMBERED_TOKENS = 10_000;
  private static final String SCHEME = "Bearer ";

  private final TokenRules rules;
  private final List<TrustedIssuer> issuers;
  private final Clock clock;
  private final Cache<ByteBuffer, Accepted> accepted =
      Caffeine.newBuilder().maximumSize(REMEMBERED_TOKENS).executor(Runnable::run).build();

  private record Accepted(AcceptedToken token, TrustedIssuer issuer) {}

  private record Key(RSAPublicKey key, TrustedIssuer issuer) {}

  /**
   * Believes the given issuers.
   *
   * @param clock real time, which a lab does not move unless it is told to
   */
  public Authenticator(TokenRules rules, List<TrustedIssuer> issuers, Clock clock) {
    this.rules = rules;
    this.issuers = List.copyOf(issuers);
    this.clock = clock;
  }

  @Override
  public CompletionStage<Exchange> check(Exchange exchange) {
    Site site = exchange.site();
    try {
      String token = bearer(exchange);
      ByteBuffer hash = hash(token);
      Accepted known = accepted.getIfPresent(hash);
      if (known == null) {
        return examine(token, hash, site).thenApply(found -> exchange.with(found.principal()));
      }
      requireHereAndNow(known, site);
      return CompletableFuture.completedFuture(exchange.with(known.token.principal()));
    } catch (TokenRefusedException e) {
      throw refusal(site, e);
    }
  }

  private static String bearer(Exchange exchange) throws TokenRefusedException {
    String value =
        exchange
            .request()
            .headers()
            .single("authorization")
            .orElseThrow(() -> new TokenRefusedException("not one Authorization header"));
    if (!value.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw new TokenRefusedException("no bearer token");
    }
    String token = value.substring(SCHEME.length());
    if (token.length() > MAX_TOKEN_LENGTH) {
      throw new TokenRefusedException("too long");
    }
    return token;
  }

  private void requireHereAndNow(Accepted known, Site site) throws TokenRefusedException {
    known.token.requireTime(clock);
    known.token.requireAudience(site, rules);
    if (!known.issuer.goesBy(known.token.issuer(), site)) {
      throw unknownIssuer();
    }
  }

  private CompletionStage<AcceptedToken> examine(String text, ByteBuffer hash, Site site)
      throws TokenRefusedException {
    CompactToken token = CompactToken.parse(text);
    AcceptedToken claims = AcceptedToken.of(token.claims(), rules);
    claims.requireTime(clock);
    claims.requireAudience(site, rules);
    return key(claims.issuer(), token.kid(), site)
        .thenApply(
            key -> {
              try {
                Key held = key.orElseThrow(Authenticator::unknownIssuer);
                token.requireSignatureBy(held.key);
                accepted.put(hash, new Accepted(claims, held.issuer));
                return claims;
              } catch (TokenRefusedException e) {
                throw refusal(site, e);
              }
            });
  }

  /** The key, from an issuer that both goes by the name and holds the key. */
  private CompletionStage<Optional<Key>> key(String iss, String kid, Site site) {
    CompletionStage<Optional<Key>> found = CompletableFuture.completedFuture(Optional.empty());
    for (TrustedIssuer issuer : issuers) {
      if (issuer.goesBy(iss, site)) {
        found =
            found.thenCompose(
                earlier ->
                    earlier.isPresent()
                        ? CompletableFuture.completedFuture(earlier)
                        : issuer.key(kid).thenApply(k -> k.map(key -> new Key(key, issuer))));
      }
    }
    return found;
  }

  private ProblemException refusal(Site site, TokenRefusedException refused) {
    return Problems.unauthenticated(rules.challenge(site), refused.reason());
  }

  private static TokenRefusedException unknownIssuer() {
    return new TokenRefusedException("iss and kid belong to no trusted issuer");
  }

  private static ByteBuffer hash(String token) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return ByteBuffer.wrap(sha256.digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
