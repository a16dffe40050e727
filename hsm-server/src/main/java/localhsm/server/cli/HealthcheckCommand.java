package localhsm.server.cli;

import localhsm.server.app.ReadyState;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Tells by its exit code whether the running server is ready. */
final class HealthcheckCommand implements Command {

  @Override
  public void describe(CommandSpec spec) {
    ReadyFiles.addOptions(spec);
  }

  @Override
  public int run(ParseResult options, Caller caller) {
    ReadyState server = ReadyFiles.find(options, caller);
    check(server);
    caller.err().println(server.hsmUrl() + " is ready");
    return 0;
  }

  static void check(ReadyState server) {
    int status = new LocalClient(server).get("/_localhsm/health/ready").status();
    if (status != 200) {
      throw new CommandFailed(1, server.hsmUrl() + " is not ready (status " + status + ")");
    }
  }
}
