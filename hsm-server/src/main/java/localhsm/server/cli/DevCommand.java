package localhsm.server.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import localhsm.server.app.ReadyState;
import localhsm.server.cli.ServerStart.Running;
import localhsm.server.config.ConfigReader;
import localhsm.server.config.ConfigSources;
import localhsm.server.config.ServerConfig;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Runs a development HSM until it is told to stop. */
final class DevCommand implements Command {
  /** Set by the launcher when it only wants to record which classes a start needs. */
  private static final String EXIT_AFTER_READY = "localhsm.exit-after-ready";

  private static final String CONFIG = "--config";
  private static final String EXPOSE_KEY = "--expose-authority-key";
  private static final List<String> SETTINGS =
      List.of("--port", "--name", "--data", "--ready-file");

  private final ServerStart start;

  DevCommand(ServerStart start) {
    this.start = start;
  }

  @Override
  public void describe(CommandSpec spec) {
    option(spec, "--port", "N", "Port to listen on; 0 takes a free one (default: 9443)");
    option(spec, "--name", "NAME", "Name of the HSM (default: hsm1)");
    option(spec, "--data", "DIR", "Folder to keep everything in (default: memory only)");
    option(spec, CONFIG, "FILE", "YAML file with further settings");
    option(spec, "--ready-file", "FILE", "Where to write URLs, CA and identities when ready");
    spec.addOption(
        OptionSpec.builder(EXPOSE_KEY)
            .description("Writes the authority's signing key where tests can read it")
            .build());
  }

  private static void option(CommandSpec spec, String name, String label, String description) {
    spec.addOption(
        OptionSpec.builder(name)
            .type(String.class)
            .paramLabel(label)
            .description(description)
            .build());
  }

  @Override
  public int run(ParseResult options, Caller caller) {
    ServerConfig config = ConfigReader.read(sources(options, caller));
    config.readyFile().ifPresent(DevCommand::removeStale);
    StopSignals stop = StopSignals.install();
    try (Running server = start.start(config)) {
      ReadyState ready = server.ready();
      Path usual = ReadyFiles.usual(caller, config.hsm().name());
      announce(ready, config, usual, caller);
      if (Boolean.getBoolean(EXIT_AFTER_READY)) {
        rehearse(ready, caller);
      } else {
        stop.await();
      }
      ReadyFiles.removeIfOurs(usual, ready.pid());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return 0;
  }

  private static ConfigSources sources(ParseResult options, Caller caller) {
    Map<String, String> flags = new LinkedHashMap<>();
    for (String name : SETTINGS) {
      if (options.hasMatchedOption(name)) {
        flags.put(name, options.matchedOptionValue(name, ""));
      }
    }
    if (options.hasMatchedOption(EXPOSE_KEY)) {
      flags.put(EXPOSE_KEY, "true");
    }
    Optional<Path> file =
        Optional.ofNullable(options.<String>matchedOptionValue(CONFIG, null)).map(Path::of);
    return new ConfigSources(caller.home(), file, caller.environment(), flags);
  }

  /** A file of an earlier run would tell a waiting script that this one is ready. */
  private static void removeStale(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new CommandFailed(2, "--ready-file " + file + " cannot be written");
    }
  }

  private static void announce(ReadyState ready, ServerConfig config, Path usual, Caller caller) {
    config
        .readyFile()
        .ifPresent(
            file -> {
              if (!write(file, ready)) {
                throw new CommandFailed(2, "--ready-file " + file + " cannot be written");
              }
            });
    if (!write(usual, ready)) {
      caller.say(usual + " cannot be written: env, token and healthcheck need --ready-file");
    }
    long millis = System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
    banner(ready, caller.err());
    caller
        .out()
        .println("LOCALHSM READY %s pid=%d ms=%d".formatted(ready.hsmUrl(), ready.pid(), millis));
    caller.out().flush();
  }

  private static boolean write(Path file, ReadyState ready) {
    try {
      ReadyFiles.write(file, ready);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static void banner(ReadyState ready, PrintStream err) {
    String host = ready.hsmUrl().replaceFirst("^https://", "").replaceFirst(":[0-9]+$", "");
    err.println(
        """
        Use it from this shell's programs:   eval "$(./localhsm env)"
        Its CA certificate:                  %s
        If %s does not resolve here, add to /etc/hosts:
          127.0.0.1 %s login.localhost management.localhost
        or give one JVM a hosts file with that line: -Djdk.net.hosts.file=FILE"""
            .formatted(ready.caPem(), host, host));
    ready.notices().forEach(notice -> err.println("Note: " + notice));
  }

  /** What a first client does, so that its classes are recorded too; failing does no harm. */
  private static void rehearse(ReadyState ready, Caller caller) {
    try {
      HealthcheckCommand.check(ready);
      TokenCommand.token(ready, TokenCommand.DEFAULT_IDENTITY, ready.resource());
    } catch (CommandFailed e) {
      caller.say(e.getMessage());
    }
  }
}
