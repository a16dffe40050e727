package localhsm.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the benchmarks and prints one table. Takes JMH's own options ({@code -h} lists them), for
 * instance {@code -p operation=ES256_SIGN -prof gc -v NORMAL}, and {@code --smoke}: one short
 * iteration of each in this process, whose figures mean nothing; only that everything still runs is
 * shown.
 */
public final class Main {
  private static final String SMOKE = "--smoke";
  private static final String OPERATION = "operation";
  private static final int FIRST_TO_WARN_OF_UNSAFE = 24;

  private Main() {}

  /** Ends with a stack trace, and so with code 1, when any benchmark fails. */
  public static void main(String[] args)
      throws CommandLineOptionException, RunnerException, IOException {
    List<String> words = new ArrayList<>(List.of(args));
    boolean smoke = words.remove(SMOKE);
    CommandLineOptions given = new CommandLineOptions(words.toArray(String[]::new));
    if (given.shouldHelp()) {
      given.showHelp();
    } else if (given.shouldList()) {
      new Runner(given).list();
    } else {
      run(given, smoke);
    }
  }

  /** One operation after the other, so that what is compared is measured in the same minute. */
  private static void run(CommandLineOptions given, boolean smoke) throws RunnerException {
    PrintStream out = System.out;
    out.println("Measuring; without options this takes two or three minutes.");
    Collection<String> operations =
        given
            .getParameter(OPERATION)
            .orElse(Stream.of(Operation.values()).map(Operation::name).toList());
    List<RunResult> results = new ArrayList<>();
    for (String operation : operations) {
      results.addAll(new Runner(options(given, operation, smoke)).run());
    }
    out.println("Medians in microseconds, ± half the distance of the quartiles.");
    Report.table(figures(results)).forEach(out::println);
  }

  private static Options options(CommandLineOptions given, String operation, boolean smoke) {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .parent(given)
            .param(OPERATION, operation)
            .verbosity(given.verbosity().orElse(VerboseMode.SILENT))
            .shouldFailOnError(true);
    if (Runtime.version().feature() >= FIRST_TO_WARN_OF_UNSAFE) {
      options.jvmArgsAppend("--sun-misc-unsafe-memory-access=allow");
    }
    if (smoke) {
      // a run that measures nothing disturbs, and minds, no other one
      System.setProperty("jmh.ignoreLock", "true");
      options
          .forks(0)
          .warmupIterations(1)
          .warmupTime(TimeValue.milliseconds(50))
          .measurementIterations(1)
          .measurementTime(TimeValue.milliseconds(100));
    }
    return options.build();
  }

  private static Map<Operation, Map<String, Report.Figure>> figures(Collection<RunResult> results) {
    Map<Operation, Map<String, Report.Figure>> figures = new EnumMap<>(Operation.class);
    for (RunResult result : results) {
      String benchmark = result.getParams().getBenchmark();
      figures
          .computeIfAbsent(
              Operation.valueOf(result.getParams().getParam(OPERATION)), o -> new HashMap<>())
          .put(
              benchmark.substring(benchmark.lastIndexOf('.') + 1),
              Report.Figure.of(result.getPrimaryResult().getStatistics()));
    }
    return figures;
  }
}
