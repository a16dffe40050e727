package localhsm.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code localhsm dev} as a process of its own, with a home folder of its own. */
final class DevProcess implements AutoCloseable {
  private static final Path JAR = Path.of("target", "localhsm.jar").toAbsolutePath();
  private static final Pattern EXPORT = Pattern.compile("export ([A-Z_]+)='(.*)'");

  private final Path home;
  private final Process process;
  private final Path ready;

  private DevProcess(Path home, Process process, Path ready) {
    this.home = home;
    this.process = process;
    this.ready = ready;
  }

  /** Starts the packaged program and waits for its ready line. */
  static DevProcess start(Path home, String... arguments) throws IOException {
    Path ready = home.resolve("ready.json");
    List<String> command = new ArrayList<>(List.of("dev", "--port", "0", "--ready-file"));
    command.add(ready.toString());
    command.addAll(List.of(arguments));
    Process process =
        program(home, command).redirectError(home.resolve("dev.err").toFile()).start();
    String line = process.inputReader().readLine();
    assertThat(line).as(Files.readString(home.resolve("dev.err"))).startsWith("LOCALHSM READY ");
    return new DevProcess(home, process, ready);
  }

  /** What a shell gets from {@code eval "$(localhsm env)"}. */
  Map<String, String> environment() throws Exception {
    Process env =
        program(home, List.of("env", "--ready-file", ready.toString()))
            .redirectError(home.resolve("env.err").toFile())
            .start();
    Map<String, String> variables = new LinkedHashMap<>();
    for (String line : env.inputReader().lines().toList()) {
      Matcher matcher = EXPORT.matcher(line);
      if (matcher.matches()) {
        variables.put(matcher.group(1), matcher.group(2));
      }
    }
    assertThat(env.waitFor()).as(Files.readString(home.resolve("env.err"))).isZero();
    return variables;
  }

  /** The ready file. */
  JsonNode ready() throws IOException {
    return new ObjectMapper().readTree(ready.toFile());
  }

  /** Ends it as an operator does; its exit code. */
  int stop() throws InterruptedException {
    process.toHandle().destroy();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).as("stops in time").isTrue();
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private static ProcessBuilder program(Path home, List<String> arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-jar",
                JAR.toString()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("HOME", home.toString());
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().remove("XDG_CACHE_HOME");
    return builder;
  }
}
