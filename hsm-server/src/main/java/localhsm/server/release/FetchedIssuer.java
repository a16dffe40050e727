package localhsm.server.release;

import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An issuer whose keys are fetched when first needed, and kept for an hour. A failed fetch, and a
 * key that is not there, are tried again after ten seconds at the earliest, so that tokens cannot
 * make the server ask all the time.
 */
final class FetchedIssuer implements AttestationIssuer {
  private static final Duration KEPT = Duration.ofHours(1);
  private static final Duration RETRIED = Duration.ofSeconds(10);
  private static final Logger LOG = LoggerFactory.getLogger(FetchedIssuer.class);

  private final String issuer;
  private final KeySource source;
  private final Clock clock;
  private Optional<Fetch> latest = Optional.empty();
  private volatile Optional<Good> good = Optional.empty();

  /** The last keys that were had: a failed attempt to get newer ones does not take them away. */
  private record Good(Instant since, PublicKeys keys) {}

  /** One attempt: its result is empty when it failed. */
  private record Fetch(Instant begun, CompletableFuture<Optional<PublicKeys>> keys) {
    boolean olderThan(Duration age, Instant now) {
      return !now.isBefore(begun.plus(age));
    }

    boolean failed() {
      return keys.isDone() && keys.join().isEmpty();
    }
  }

  FetchedIssuer(String issuer, KeySource source, Clock clock) {
    this.issuer = withoutSlash(issuer);
    this.source = source;
    this.clock = clock;
  }

  @Override
  public boolean goesBy(String iss) {
    return withoutSlash(iss).equals(issuer);
  }

  @Override
  public CompletionStage<Optional<PublicKey>> key(String kid) {
    Fetch fetch = current();
    return fetch
        .keys()
        .thenCompose(
            keys -> {
              Optional<PublicKey> found = keys.flatMap(set -> set.find(kid));
              return found.isPresent() || keys.isEmpty()
                  ? CompletableFuture.completedStage(found)
                  : refreshed().keys().thenApply(newer -> newer.flatMap(set -> set.find(kid)));
            });
  }

  static String withoutSlash(String url) {
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  private synchronized Fetch current() {
    Instant now = clock.instant();
    Fetch fetch =
        latest
            .filter(known -> !known.olderThan(known.failed() ? RETRIED : KEPT, now))
            .orElseGet(() -> begin(now));
    latest = Optional.of(fetch);
    return fetch;
  }

  /** The issuer may have new keys: asks it again, unless it was asked a moment ago. */
  private synchronized Fetch refreshed() {
    Instant now = clock.instant();
    Fetch fetch =
        latest.filter(newer -> !newer.olderThan(RETRIED, now)).orElseGet(() -> begin(now));
    latest = Optional.of(fetch);
    return fetch;
  }

  private Fetch begin(Instant now) {
    CompletableFuture<Optional<PublicKeys>> keys =
        source
            .fetch()
            .thenApply(fetched -> kept(now, fetched))
            .exceptionally(
                failure -> {
                  LOG.warn("The keys of {} cannot be had: {}", issuer, failure.toString());
                  return good.filter(set -> now.isBefore(set.since().plus(KEPT))).map(Good::keys);
                })
            .toCompletableFuture();
    return new Fetch(now, keys);
  }

  private Optional<PublicKeys> kept(Instant since, PublicKeys fetched) {
    good = Optional.of(new Good(since, fetched));
    return Optional.of(fetched);
  }
}
