package localhsm.server.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** One command of the program. */
interface Command {

  /** Adds description and options; name and help are there already. */
  void describe(CommandSpec spec);

  /**
   * Does it.
   *
   * @return the exit code
   */
  int run(ParseResult options, Caller caller);
}
