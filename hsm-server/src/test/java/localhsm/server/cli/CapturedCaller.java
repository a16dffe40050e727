package localhsm.server.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** A caller whose output can be read, and the program as it would call it. */
final class CapturedCaller {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Caller caller;

  CapturedCaller(Path home) {
    this(home, Map.of());
  }

  CapturedCaller(Path home, Map<String, String> environment) {
    caller =
        new Caller(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            environment,
            home.toString());
  }

  int run(String... args) {
    return run(ServerStart.REAL, args);
  }

  int run(ServerStart start, String... args) {
    return new Main(caller, start).run(args);
  }

  Caller caller() {
    return caller;
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
