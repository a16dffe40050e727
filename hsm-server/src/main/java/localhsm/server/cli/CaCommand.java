package localhsm.server.cli;

import java.io.IOException;
import java.nio.file.Files;
import localhsm.server.app.ReadyState;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Prints where the running server's CA certificate is, or the certificate itself. */
final class CaCommand implements Command {

  @Override
  public void describe(CommandSpec spec) {
    ReadyFiles.addOptions(spec);
    spec.addOption(
        OptionSpec.builder("--pem").description("Prints the certificate instead").build());
  }

  @Override
  public int run(ParseResult options, Caller caller) {
    ReadyState server = ReadyFiles.find(options, caller);
    if (options.hasMatchedOption("--pem")) {
      try {
        caller.out().print(Files.readString(server.caPem()));
      } catch (IOException e) {
        throw new CommandFailed(1, server.caPem() + " cannot be read");
      }
    } else {
      caller.out().println(server.caPem());
      caller.err().println("together with the system's CAs: " + server.caBundle());
      caller.err().println("trust store for Java: " + server.trustStore());
    }
    return 0;
  }
}
