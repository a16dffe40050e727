package localhsm.benchmarks;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import localhsm.server.http.Request;
import localhsm.server.http.Response;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * One operation in three ways: the primitive alone, a request through the whole pipeline, and the
 * same request with the result of the primitive given instead of computed. The third is what a
 * request costs beyond its cryptography, measured where it does not drown in it. Every call is
 * timed, for the median: means suffer from whatever else a machine does.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 1,
    jvmArgs = {"-XX:+UseSerialGC", "-Xms64m", "-Xmx512m", "-Xbatch"})
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 6, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class RequestBenchmark {
  /** Enough for the compiler to be done with the pipeline, also beside slow primitives. */
  private static final int WARM_REQUESTS = 20_000;

  private static final long WARM_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /** What is measured. */
  @Param public Operation operation = Operation.RS256_SIGN;

  private final Hsm hsm = new Hsm();
  private Supplier<Object> bare = Object::new;
  private Request request = hsm.post("/", "");

  /** Makes a key and, in a process of its own, asks for it often. */
  @Setup
  public void prepare(BenchmarkParams run) {
    Operation.Prepared prepared = operation.prepare(hsm);
    bare = prepared.bare();
    request = hsm.post(prepared.path(), prepared.json());
    hsm.call(request);
    if (run.getForks() > 0) {
      warmUp();
    }
  }

  private void warmUp() {
    long start = System.nanoTime();
    for (int i = 0; i < WARM_REQUESTS; i++) {
      hsm.replay(request);
      if (System.nanoTime() - start < WARM_NANOS) {
        hsm.call(request);
      }
    }
  }

  /** Stops what the HSM started. */
  @TearDown
  public void close() {
    hsm.close();
  }

  /** The primitive alone. */
  @Benchmark
  public Object primitive() {
    return bare.get();
  }

  /** From request to answer. */
  @Benchmark
  public Response pipeline() {
    return hsm.call(request);
  }

  /** From request to answer, without the primitive. */
  @Benchmark
  public Response overhead() {
    return hsm.replay(request);
  }
}
