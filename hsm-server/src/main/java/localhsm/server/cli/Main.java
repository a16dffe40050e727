package localhsm.server.cli;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import localhsm.server.app.StartRefused;
import localhsm.server.config.ConfigException;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * The program. Exit codes: 0 done, or stopped by INT or TERM; 1 failed (no HSM is running, it does
 * not answer, a bug); 2 usage or configuration; 4 port in use; 5 data folder locked or damaged; 6
 * cannot unseal.
 */
public final class Main {
  private static final int FAILED = 1;
  private static final int USAGE = 2;

  private final Caller caller;
  private final Map<String, Word> words = new LinkedHashMap<>();

  Main(Caller caller, ServerStart start) {
    this.caller = caller;
    words.put("dev", new Word("Starts a development HSM", () -> new DevCommand(start)));
    words.put("env", new Word("Prints the environment of clients", EnvCommand::new));
    words.put("token", new Word("Prints an access token", TokenCommand::new));
    words.put("healthcheck", new Word("Tells whether the HSM is ready", HealthcheckCommand::new));
    words.put("ca", new Word("Tells where the CA certificate is", CaCommand::new));
    words.put("version", new Word("Prints versions", VersionCommand::new));
  }

  /** Runs a command and ends the process. */
  public static void main(String[] args) {
    LogSetup.install();
    System.exit(new Main(Caller.ofProcess(), ServerStart.REAL).run(args));
  }

  /** Runs a command; the only place besides the request pipeline that catches everything. */
  int run(String... args) {
    try {
      return dispatch(Arrays.asList(args));
    } catch (CommandFailed e) {
      caller.say(e.getMessage());
      return e.exitCode();
    } catch (StartRefused e) {
      caller.say(e.getMessage());
      return e.exitCode();
    } catch (ConfigException e) {
      e.problems().forEach(caller::say);
      return USAGE;
    } catch (RuntimeException | Error e) {
      caller.say("unexpected failure, please report it:");
      e.printStackTrace(caller.err());
      return FAILED;
    }
  }

  private int dispatch(List<String> args) {
    String first = args.isEmpty() ? "" : args.get(0);
    return switch (first) {
      case "" -> overview(caller.err(), USAGE);
      case "--help", "-h" -> overview(caller.out(), 0);
      case "help" -> help(args.subList(1, args.size()));
      case "--version", "-V" -> run(word("version"), "version", List.of());
      default -> run(word(first), first, args.subList(1, args.size()));
    };
  }

  private Word word(String name) {
    return Optional.ofNullable(words.get(name))
        .orElseThrow(
            () ->
                new CommandFailed(
                    USAGE, "unknown command '" + name + "'; 'localhsm help' lists them"));
  }

  private int help(List<String> args) {
    return args.isEmpty()
        ? overview(caller.out(), 0)
        : run(word(args.get(0)), args.get(0), List.of("--help"));
  }

  private int overview(PrintStream to, int exitCode) {
    to.println("Usage: localhsm COMMAND [OPTIONS]");
    to.println("A local double of Azure Key Vault Managed HSM.");
    to.println();
    words.forEach((name, word) -> to.printf("  %-12s %s%n", name, word.summary()));
    to.printf("  %-12s %s%n", "help", "Explains a command: localhsm help COMMAND");
    return exitCode;
  }

  /** Builds only the command that was asked for: the others would cost start-up time. */
  private int run(Word word, String name, List<String> args) {
    Command command = word.command().get();
    CommandSpec spec = CommandSpec.create().name("localhsm " + name);
    spec.usageMessage().description(word.summary() + ".");
    spec.addOption(
        OptionSpec.builder("-h", "--help").usageHelp(true).description("Shows this text").build());
    command.describe(spec);
    CommandLine line =
        new CommandLine(spec)
            .setExpandAtFiles(false)
            .setInterpolateVariables(false)
            .setAllowOptionsAsOptionParameters(false);
    try {
      ParseResult options = line.parseArgs(args.toArray(String[]::new));
      if (options.isUsageHelpRequested()) {
        line.usage(caller.out(), Ansi.OFF);
        return 0;
      }
      return command.run(options, caller);
    } catch (ParameterException e) {
      throw new CommandFailed(
          USAGE, e.getMessage() + "; 'localhsm " + name + " --help' lists the options");
    }
  }

  private record Word(String summary, Supplier<Command> command) {}
}
