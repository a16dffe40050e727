package localhsm.server.net;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes that all connections share, so that many unfinished requests cannot fill the memory. */
final class MemoryBudget {
  private final AtomicLong free;

  MemoryBudget(long bytes) {
    this.free = new AtomicLong(bytes);
  }

  /** Takes a share; false, and nothing taken, when there is not enough. */
  boolean reserve(long bytes) {
    if (free.addAndGet(-bytes) >= 0) {
      return true;
    }
    free.addAndGet(bytes);
    return false;
  }

  void release(long bytes) {
    free.addAndGet(bytes);
  }

  /** One connection's part of it. The first bytes of a request are free and touch no counter. */
  final class Share {
    private static final long FREE_BYTES = 4 << 10;
    private static final long STEP_BYTES = 16 << 10;

    private long reserved;

    /** Grows the share to what is held now; false when it cannot. */
    boolean cover(long held) {
      if (held <= FREE_BYTES + reserved) {
        return true;
      }
      long more = Math.max(STEP_BYTES, held - FREE_BYTES - reserved);
      if (!reserve(more)) {
        return false;
      }
      reserved += more;
      return true;
    }

    void clear() {
      if (reserved > 0) {
        release(reserved);
        reserved = 0;
      }
    }
  }
}
