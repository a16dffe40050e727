package localhsm.server.http;

import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes activity ids: UUIDs of version 1 (RFC 9562 5.1), as the real service's {@code
 * x-ms-request-id} are. Time runs on within a millisecond so that none repeats.
 */
public final class ActivityIds {
  /** 100 ns intervals between the Gregorian reform (1582-10-15) and 1970. */
  private static final long GREGORIAN_OFFSET = 0x01B21DD213814000L;

  private final AtomicLong last = new AtomicLong();
  private final Clock clock;
  private final long node;

  /**
   * Starts a sequence.
   *
   * @param nodeSeed random bits for clock sequence and node
   */
  public ActivityIds(Clock clock, long nodeSeed) {
    this.clock = clock;
    this.node = 0x8000000000000000L | (nodeSeed & 0x3FFFFFFFFFFFFFFFL) | 0x0000010000000000L;
  }

  /** The next id. */
  public UUID next() {
    long now = clock.millis() * 10_000 + GREGORIAN_OFFSET;
    long time = last.updateAndGet(previous -> Math.max(previous + 1, now));
    long low = time << 32;
    long middle = (time >>> 16) & 0xFFFF0000L;
    long high = 0x1000L | ((time >>> 48) & 0x0FFFL);
    return new UUID(low | middle | high, node);
  }
}
