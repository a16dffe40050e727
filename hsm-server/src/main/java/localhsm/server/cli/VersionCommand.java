package localhsm.server.cli;

import java.io.PrintStream;
import java.security.SecureRandom;
import java.util.Optional;
import localhsm.crypto.Providers;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Prints the versions of the program and of Java, and who does the cryptography. */
final class VersionCommand implements Command {

  @Override
  public void describe(CommandSpec spec) {
    spec.addOption(
        OptionSpec.builder("--crypto")
            .description("Also prints which provider does which cryptography")
            .build());
  }

  @Override
  public int run(ParseResult options, Caller caller) {
    PrintStream out = caller.out();
    out.println("localhsm " + version());
    out.println("Java " + Runtime.version() + " (" + System.getProperty("java.vendor") + ")");
    if (options.hasMatchedOption("--crypto")) {
      Providers.bouncyCastle(new SecureRandom())
          .table()
          .forEach((purpose, provider) -> out.printf("%-20s %s%n", purpose, provider));
    }
    return 0;
  }

  /** From the jar's manifest. */
  private static String version() {
    return Optional.ofNullable(VersionCommand.class.getPackage().getImplementationVersion())
        .orElse("(not packaged)");
  }
}
