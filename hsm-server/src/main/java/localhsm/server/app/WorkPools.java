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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads beside the event loops. Queues are bounded: when one is full the answer is 503. */
final class WorkPools implements Workers, AutoCloseable {
  private static final int WRITERS = 32;
  private static final int QUEUE = 1024;
  private static final long IDLE_SECONDS = 30;
  private static final long WRITE_SECONDS = 10;
  private static final long CPU_SECONDS = 1;
  private static final Logger LOG = LoggerFactory.getLogger(WorkPools.class);

  private final ThreadPoolExecutor cpu;
  private final ThreadPoolExecutor write;

  private WorkPools(ThreadPoolExecutor cpu, ThreadPoolExecutor write) {
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

  /**
   * Finishes the commits. The connections are gone by now: what is queued for computing has no
   * reader.
   */
  @Override
  public void close() {
    cpu.getQueue().clear();
    cpu.shutdown();
    write.shutdown();
    try {
      boolean written = write.awaitTermination(WRITE_SECONDS, TimeUnit.SECONDS);
      boolean computed = cpu.awaitTermination(CPU_SECONDS, TimeUnit.SECONDS);
      if (!written || !computed) {
        LOG.warn("work was still going on when the server stopped");
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

  private static ThreadPoolExecutor pool(String name, int threads) {
    AtomicInteger count = new AtomicInteger();
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(QUEUE),
            work -> {
              Thread thread = new Thread(work, name + "-" + count.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }
}
