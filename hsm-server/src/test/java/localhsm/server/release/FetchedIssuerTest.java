package localhsm.server.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import localhsm.keys.SettableClock;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FetchedIssuerTest {
  private static final Instant START = Instant.ofEpochSecond(1_800_000_000L);
  private static final KeyPair KEY = TokenForge.ec("secp256r1");

  private final SettableClock clock = new SettableClock(START);
  private final FetchedIssuer issuer = new FetchedIssuer("https://a.example/", this::fetch, clock);
  private CompletableFuture<PublicKeys> answer = with("one");
  private int fetches;

  private CompletableFuture<PublicKeys> fetch() {
    fetches++;
    return answer;
  }

  private static CompletableFuture<PublicKeys> with(String kid) {
    return CompletableFuture.completedFuture(new PublicKeys(Map.of(kid, KEY.getPublic())));
  }

  private Optional<PublicKey> key(String kid) {
    return issuer.key(kid).toCompletableFuture().join();
  }

  private void later(Duration time) {
    clock.set(clock.instant().plus(time));
  }

  @Nested
  class AnIssuer {
    @Test
    void goesByItsAddressButForOneSlash() {
      assertThat(issuer.goesBy("https://a.example")).isTrue();
      assertThat(issuer.goesBy("https://a.example/")).isTrue();
      assertThat(issuer.goesBy("https://a.example//")).isFalse();
      assertThat(issuer.goesBy("https://A.example")).isFalse();
      assertThat(issuer.goesBy("https://a.example.evil")).isFalse();
    }
  }

  @Nested
  class Keys {
    @Test
    void areFetchedWhenFirstNeededAndKeptForAnHour() {
      assertThat(fetches).isZero();
      assertThat(key("one")).contains(KEY.getPublic());
      later(Duration.ofMinutes(59));
      assertThat(key("one")).contains(KEY.getPublic());
      assertThat(fetches).isEqualTo(1);
      later(Duration.ofMinutes(1));
      assertThat(key("one")).contains(KEY.getPublic());
      assertThat(fetches).isEqualTo(2);
    }

    @Test
    void areFetchedOnceForAllWhoWait() {
      answer = new CompletableFuture<>();
      CompletableFuture<Optional<PublicKey>> first = issuer.key("one").toCompletableFuture();
      CompletableFuture<Optional<PublicKey>> second = issuer.key("one").toCompletableFuture();
      assertThat(first).isNotDone();
      answer.complete(with("one").join());
      assertThat(first.join()).isPresent();
      assertThat(second.join()).isPresent();
      assertThat(fetches).isEqualTo(1);
    }

    @Test
    void areFetchedAgainForANewIdButNotAllTheTime() {
      assertThat(key("one")).isPresent();
      assertThat(key("two")).isEmpty();
      assertThat(fetches).isEqualTo(1);
      later(Duration.ofSeconds(10));
      answer = with("two");
      assertThat(key("two")).isPresent();
      assertThat(key("three")).isEmpty();
      assertThat(fetches).isEqualTo(2);
    }

    @Test
    void staysGoodForItsHourWhenNewerOnesCannotBeHad() {
      assertThat(key("one")).isPresent();
      answer = CompletableFuture.failedFuture(new IOException("no route"));
      later(Duration.ofSeconds(10));
      assertThat(key("two")).isEmpty();
      assertThat(fetches).isEqualTo(2);
      assertThat(key("one")).isPresent();
      later(Duration.ofHours(1));
      assertThat(key("one")).isEmpty();
    }

    @Test
    void thatCannotBeHadAreNoneForTenSeconds() {
      answer = CompletableFuture.failedFuture(new IOException("no route"));
      assertThat(key("one")).isEmpty();
      answer = with("one");
      assertThat(key("one")).isEmpty();
      later(Duration.ofSeconds(10));
      assertThat(key("one")).isPresent();
      assertThat(fetches).isEqualTo(2);
    }
  }
}
