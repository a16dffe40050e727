package localhsm.server.net;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The one timer of a connection. Moving its end away costs a field; only an end before the pending
 * wake-up costs a new one. To be used on the connection's event loop.
 */
final class Deadline {
  private final EventExecutor loop;
  private final Runnable expired;
  private Future<?> wakeUp;
  private boolean waking;
  private long wakesAt;
  private boolean running;
  private long endsAt;

  Deadline(EventExecutor loop, Runnable expired) {
    this.loop = loop;
    this.expired = expired;
    this.wakeUp = loop.newSucceededFuture(null);
  }

  /** Starts anew. */
  void in(Duration time) {
    running = true;
    endsAt = System.nanoTime() + time.toNanos();
    if (!waking || wakesAt - endsAt > 0) {
      wakeUp.cancel(false);
      schedule();
    }
  }

  /** There is no end for now. */
  void pause() {
    running = false;
  }

  /** There will be none. */
  void cancel() {
    running = false;
    waking = false;
    wakeUp.cancel(false);
  }

  private void schedule() {
    waking = true;
    wakesAt = endsAt;
    wakeUp = loop.schedule(this::wake, endsAt - System.nanoTime(), TimeUnit.NANOSECONDS);
  }

  private void wake() {
    waking = false;
    if (!running) {
      return;
    }
    if (System.nanoTime() - endsAt < 0) {
      schedule();
    } else {
      running = false;
      expired.run();
    }
  }
}
