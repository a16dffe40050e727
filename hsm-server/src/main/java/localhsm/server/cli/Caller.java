package localhsm.server.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * Who called the program.
 *
 * @param out for what was asked, and nothing else
 * @param err for people
 * @param userHome the home folder according to Java
 */
record Caller(PrintStream out, PrintStream err, Map<String, String> environment, String userHome) {

  /** The process's own. */
  static Caller ofProcess() {
    return new Caller(System.out, System.err, System.getenv(), System.getProperty("user.home", ""));
  }

  /** The user's home folder: Java asks the user database, scripts and containers set HOME. */
  Path home() {
    String variable = variable("HOME");
    Path home = Path.of(variable.isBlank() ? userHome : variable);
    if (!home.isAbsolute()) {
      // A container's user without an entry in the user database has the home "?".
      throw new CommandFailed(2, "there is no home folder; set HOME to one");
    }
    return home;
  }

  /** A variable's value; empty when it is not set. */
  String variable(String name) {
    return environment.getOrDefault(name, "");
  }

  /** Says something to people. */
  void say(String line) {
    err.println("localhsm: " + line);
  }

  /** Tells no values: some are secret. */
  @Override
  public String toString() {
    return "Caller[userHome=" + userHome + "]";
  }
}
