package localhsm.server.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * Who called the program.
 *
 * @param out for what was asked, and nothing else
 * @param err for people
 * @param home the user's home folder
 */
record Caller(PrintStream out, PrintStream err, Map<String, String> environment, Path home) {

  /** The process's own. */
  static Caller ofProcess() {
    Map<String, String> environment = System.getenv();
    // Java takes user.home from the user database, scripts and tests set HOME.
    String home = environment.getOrDefault("HOME", "");
    String folder = home.isBlank() ? System.getProperty("user.home", "") : home;
    return new Caller(System.out, System.err, environment, Path.of(folder).toAbsolutePath());
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
    return "Caller[home=" + home + "]";
  }
}
