package localhsm.server.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One run of a program to its end, in a home folder of its own. */
record ProgramRun(int exitCode, String out, String err) {
  private static final int SECONDS = 120;

  /** The packaged program by this JVM's Java. */
  static ProgramRun jar(Path home, String... args) throws IOException, InterruptedException {
    return of(home, Map.of(), jarCommand(args));
  }

  /** Any command; the environment is PATH, HOME and what is given. */
  static ProgramRun of(Path home, Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile(home, "out", ".txt");
    Path err = Files.createTempFile(home, "err", ".txt");
    ProcessBuilder builder = new ProcessBuilder(command);
    prepare(builder, home).putAll(environment);
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    process.getOutputStream().close();
    if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("did not end: " + command + "\n" + Files.readString(err));
    }
    return new ProgramRun(
        process.exitValue(),
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  static List<String> jarCommand(String... args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-jar");
    command.add(System.getProperty("localhsm.jar"));
    command.addAll(List.of(args));
    return command;
  }

  static Map<String, String> prepare(ProcessBuilder builder, Path home) {
    Map<String, String> environment = builder.environment();
    environment.keySet().retainAll(List.of("PATH"));
    environment.put("HOME", home.toString());
    return environment;
  }
}
