package localhsm.server.cli;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import sun.misc.Signal;

/**
 * INT and TERM: the first asks for a graceful stop, the second ends the process at once. A shutdown
 * hook would not do: the process would end with 143 and not notice the second signal. Java has no
 * other way to learn of signals than the class that javac warns of.
 */
final class StopSignals {
  private final CountDownLatch first = new CountDownLatch(1);

  /** Listens from now on. */
  static StopSignals install() {
    StopSignals signals = new StopSignals();
    for (String name : List.of("INT", "TERM")) {
      try {
        Signal.handle(new Signal(name), signals::received);
      } catch (IllegalArgumentException e) {
        // The JVM was told to leave signals alone (-Xrs): then the default action holds.
        return signals;
      }
    }
    return signals;
  }

  /** Waits for the first signal. */
  void await() throws InterruptedException {
    first.await();
  }

  private void received(Signal signal) {
    if (first.getCount() == 0) {
      Runtime.getRuntime().halt(128 + signal.getNumber());
    }
    first.countDown();
  }
}
