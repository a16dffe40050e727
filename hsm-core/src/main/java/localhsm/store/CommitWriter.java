package localhsm.store;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import localhsm.problem.Problems;
import localhsm.secret.SecretBytes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes: takes all waiting commits, makes them durable as one batch, then
 * visible in their order, then lets their callers go.
 */
final class CommitWriter implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(CommitWriter.class);

  private enum Outcome {
    DONE,
    STALE,
    FAILED
  }

  private record Waiting(Commit commit, CompletableFuture<Outcome> outcome) {}

  private final RecordStore records;
  private final RowSealer sealer;
  private final Map<RowKey, BigInteger> parts;
  private final LongSupplier sequence;
  private final int bound;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  // guarded by the lock: commits that wait, the first of them perhaps being written
  private final Deque<Waiting> queue = new ArrayDeque<>();
  private boolean closed;

  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private Head head;

  CommitWriter(RecordStore records, StoreLoader.Loaded loaded, LongSupplier sequence, int bound) {
    this.records = records;
    this.sealer = loaded.sealer();
    this.parts = loaded.parts();
    this.head = loaded.head();
    this.sequence = sequence;
    this.bound = bound;
  }

  /** Waits for its turn and for the disk; false when the precondition no longer stands. */
  boolean submit(Commit commit) {
    Waiting waiting = new Waiting(commit, new CompletableFuture<>());
    lock.lock();
    try {
      if (closed) {
        throw Problems.storeUnavailable();
      }
      if (queue.size() >= bound) {
        throw Problems.busy();
      }
      queue.add(waiting);
      changed.signal();
    } finally {
      lock.unlock();
    }
    return switch (waiting.outcome().join()) {
      case DONE -> true;
      case STALE -> false;
      case FAILED -> throw Problems.storeUnavailable();
    };
  }

  /** Takes nothing more, and returns when all that waits is written. */
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
    ended.join();
  }

  int waiting() {
    lock.lock();
    try {
      return queue.size();
    } finally {
      lock.unlock();
    }
  }

  boolean closing() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void run() {
    try {
      for (List<Waiting> waiting = await(); !waiting.isEmpty(); waiting = await()) {
        write(group(waiting));
      }
    } finally {
      // reached early only by a bug: then nobody may wait forever, and nothing more is written
      // on a state that is unclear
      abandon();
      ended.complete(null);
    }
  }

  /** All that waits; empty only when closed and done. */
  private List<Waiting> await() {
    lock.lock();
    try {
      while (queue.isEmpty() && !closed) {
        changed.awaitUninterruptibly();
      }
      return List.copyOf(queue);
    } finally {
      lock.unlock();
    }
  }

  /** The longest run of commits that touch different rows, without those that came too late. */
  private List<Waiting> group(List<Waiting> waiting) {
    List<Waiting> group = new ArrayList<>();
    Set<Commit.Name> touched = new HashSet<>();
    for (Waiting next : waiting) {
      Set<Commit.Name> names = next.commit().changes().keySet();
      if (names.stream().anyMatch(touched::contains)) {
        break;
      }
      if (next.commit().stands()) {
        touched.addAll(names);
        group.add(next);
      } else {
        finish(next, Outcome.STALE);
      }
    }
    return group;
  }

  private void write(List<Waiting> group) {
    if (group.isEmpty()) {
      return;
    }
    Batch batch = new Batch();
    group.forEach(waiting -> batch.add(waiting.commit()));
    try {
      batch.commit();
    } catch (StoreWriteException e) {
      LOG.warn("{} changes were not stored", group.size(), e);
      group.forEach(waiting -> finish(waiting, Outcome.FAILED));
      return;
    }
    group.forEach(waiting -> waiting.commit().show());
    group.forEach(waiting -> finish(waiting, Outcome.DONE));
  }

  private void finish(Waiting waiting, Outcome outcome) {
    lock.lock();
    try {
      queue.remove(waiting);
    } finally {
      lock.unlock();
    }
    waiting.outcome().complete(outcome);
  }

  private void abandon() {
    lock.lock();
    try {
      closed = true;
      queue.forEach(waiting -> waiting.outcome().complete(Outcome.FAILED));
      queue.clear();
    } finally {
      lock.unlock();
    }
  }

  /** The rows of one group, and the head that goes with them. */
  private final class Batch {
    private final List<RowChange> changes = new ArrayList<>();
    private final Map<RowKey, Optional<BigInteger>> moved = new HashMap<>();
    private long counter = head.counter();
    private BigInteger sum = head.sum();

    void add(Commit commit) {
      counter++;
      commit.changes().forEach(this::add);
    }

    private void add(Commit.Name name, Optional<SecretBytes> plain) {
      RowKey key =
          new RowKey(
              name.kind().generation(head.generation()),
              sealer.id(name.kind().name(), name.name()));
      sum = sum.subtract(parts.getOrDefault(key, BigInteger.ZERO));
      if (plain.isPresent()) {
        SealedRow row = sealer.seal(key, counter, plain.get());
        BigInteger part = sealer.part(row);
        sum = sum.add(part);
        moved.put(key, Optional.of(part));
        changes.add(new RowChange.Put(row));
      } else {
        moved.put(key, Optional.empty());
        changes.add(new RowChange.Delete(key));
      }
    }

    /** Writes rows and head in one step; only then do sum and head move in memory. */
    void commit() {
      Head next = new Head(counter, head.generation(), sequence.getAsLong(), sum);
      try (SecretBytes plain = new HeadCodec().encode(next)) {
        changes.add(new RowChange.Put(sealer.seal(RowSealer.HEAD, counter, plain)));
      }
      records.commit(changes);
      head = next;
      moved.forEach(
          (key, part) -> part.ifPresentOrElse(p -> parts.put(key, p), () -> parts.remove(key)));
    }
  }
}
