package localhsm.server.app;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import localhsm.problem.Problems;
import localhsm.work.WorkClass;
import localhsm.work.Workers;

/** The threads beside the event loops. Queues are bounded: when one is full the answer is 503. */
final class WorkPools implements Workers, AutoCloseable {
  private static final int WRITERS = 32;
  private static final int QUEUE = 1024;
  private static final long IDLE_SECONDS = 30;
  private static final long CLOSE_SECONDS = 10;

  private final ExecutorService cpu;
  private final ExecutorService write;

  private WorkPools(ExecutorService cpu, ExecutorService write) {
    this.cpu = cpu;
    this.write = write;
  }

  /** As many threads for computing as there are cores; each is started when first needed. */
  static WorkPools start(int cores) {
    return new WorkPools(pool("cpu", cores), pool("write", WRITERS));
  }

  @Override
  public <T> CompletionStage<T> run(WorkClass workClass, Supplier<T> work) {
    return switch (workClass) {
      case INLINE -> CompletableFuture.completedStage(work.get());
      case CPU, JOB -> submit(cpu, work);
      case WRITE -> submit(write, work);
    };
  }

  /** The threads for computing, for work that is not a request's. */
  ExecutorService cpu() {
    return cpu;
  }

  /** Finishes what is queued. */
  @Override
  public void close() {
    cpu.shutdown();
    write.shutdown();
    try {
      boolean ended =
          cpu.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)
              && write.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
      if (!ended) {
        cpu.shutdownNow();
        write.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static <T> CompletionStage<T> submit(ExecutorService pool, Supplier<T> work) {
    try {
      return CompletableFuture.supplyAsync(work, pool);
    } catch (RejectedExecutionException e) {
      throw Problems.busy();
    }
  }

  private static ExecutorService pool(String name, int threads) {
    AtomicInteger count = new AtomicInteger();
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(QUEUE),
            work -> new Thread(work, name + "-" + count.incrementAndGet()));
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }
}
