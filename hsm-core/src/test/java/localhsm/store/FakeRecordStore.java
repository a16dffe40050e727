package localhsm.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/** Rows in memory, with a log of batches, a gate before each and failures on demand. */
final class FakeRecordStore implements RecordStore {
  private final RecordStore rows = new InMemoryRecordStore();
  private final List<List<RowChange>> batches = new ArrayList<>();
  private final Semaphore entered = new Semaphore(0);
  private final Semaphore gate = new Semaphore(0);
  private boolean gated;
  private int failing = -1;
  private int calls;

  /** From now on every batch waits for {@link #release}. */
  synchronized void gate() {
    gated = true;
  }

  /** Lets all batches through. */
  synchronized void release() {
    gated = false;
    gate.release(1_000_000);
  }

  /** Returns when a batch has come to the gate. */
  void awaitEntered() throws InterruptedException {
    entered.acquire();
  }

  /** The call of this number, counted from 0, fails. */
  synchronized void failAt(int call) {
    failing = call;
    calls = 0;
  }

  synchronized List<List<RowChange>> batches() {
    return List.copyOf(batches);
  }

  List<SealedRow> rows() {
    List<SealedRow> all = new ArrayList<>();
    rows.load(all::add);
    return all;
  }

  @Override
  public void load(Consumer<SealedRow> into) {
    rows.load(into);
  }

  @Override
  public void commit(List<RowChange> changes) {
    if (isGated()) {
      entered.release();
      gate.acquireUninterruptibly();
    }
    synchronized (this) {
      if (calls++ == failing) {
        throw new StoreWriteException("no space", new IOException("no space"));
      }
      batches.add(List.copyOf(changes));
      rows.commit(changes);
    }
  }

  @Override
  public List<SealedRow> changesSince(long counter) {
    return List.of();
  }

  @Override
  public void close() {}

  private synchronized boolean isGated() {
    return gated;
  }
}
