package localhsm.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import localhsm.keys.SettableClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActivityIdsTest {
  private static final Instant NOW = Instant.parse("2027-01-15T08:00:00.123Z");
  private static final Instant GREGORIAN_REFORM = Instant.parse("1582-10-15T00:00:00Z");

  private final SettableClock clock = new SettableClock(NOW);
  private final ActivityIds ids = new ActivityIds(clock, 42);

  private static Instant time(UUID id) {
    long intervals = id.timestamp();
    return GREGORIAN_REFORM
        .plusSeconds(intervals / 10_000_000)
        .plusNanos(intervals % 10_000_000 * 100);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 42, -1, Long.MIN_VALUE, Long.MAX_VALUE})
  void areOfVersionOneWithARandomNode(long seed) {
    UUID id = new ActivityIds(clock, seed).next();
    assertThat(id.version()).isEqualTo(1);
    assertThat(id.variant()).isEqualTo(2);
    assertThat(id.node() & 0x010000000000L).as("multicast bit").isNotZero();
  }

  @Test
  void tellTheTime() {
    assertThat(time(ids.next())).isEqualTo(NOW);
    clock.set(NOW.plusSeconds(1));
    assertThat(time(ids.next())).isEqualTo(NOW.plusSeconds(1));
  }

  @Test
  void runOnWhileTheClockStandsOrGoesBack() {
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      times.add(ids.next().timestamp());
      if (i == 500) {
        clock.set(NOW.minusSeconds(3600));
      }
    }
    assertThat(times).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void areUniqueAmongThreads() throws InterruptedException {
    Set<UUID> seen = ConcurrentHashMap.newKeySet();
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      Thread thread =
          new Thread(
              () -> {
                for (int i = 0; i < 5000; i++) {
                  seen.add(ids.next());
                }
              });
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(seen).hasSize(20_000);
  }
}
