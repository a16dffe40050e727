package localhsm.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * {@code localhsm dev} as a process of its own: the packaged jar, a free port, and a home folder
 * given by the test. Closing it ends it in any case.
 */
public final class LocalHsmProcess implements AutoCloseable {
  private static final int READY_SECONDS = 60;
  private static final int STOP_SECONDS = 30;

  private final Process process;
  private final Path stderr;
  private final String readyLine;
  private final JsonNode ready;

  private LocalHsmProcess(Process process, Path stderr, String readyLine, JsonNode ready) {
    this.process = process;
    this.stderr = stderr;
    this.readyLine = readyLine;
    this.ready = ready;
  }

  /**
   * Starts it and returns when it is ready.
   *
   * @param home an existing folder that stands for the user's
   * @param options further options of {@code dev}
   */
  public static LocalHsmProcess start(Path home, String... options) throws IOException {
    Path readyFile = home.resolve("ready.json");
    List<String> args = new ArrayList<>(List.of("dev", "--ready-file", readyFile.toString()));
    if (!List.of(options).contains("--port")) {
      args.addAll(List.of("--port", "0"));
    }
    args.addAll(List.of(options));
    Path stderr = Files.createTempFile(home, "stderr", ".txt");
    ProcessBuilder builder = new ProcessBuilder(ProgramRun.jarCommand(args.toArray(String[]::new)));
    ProgramRun.prepare(builder, home);
    Process process = builder.redirectError(stderr.toFile()).start();
    Optional<String> line = firstLine(process);
    if (line.isEmpty()) {
      process.destroyForcibly();
      throw new IOException("no ready line; stderr:\n" + Files.readString(stderr));
    }
    JsonNode ready = new ObjectMapper().readTree(readyFile.toFile());
    return new LocalHsmProcess(process, stderr, line.get(), ready);
  }

  private static Optional<String> firstLine(Process process) {
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    CompletableFuture<Optional<String>> line =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return Optional.ofNullable(out.readLine());
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    try {
      return line.get(READY_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** The one line on stdout. */
  public String readyLine() {
    return readyLine;
  }

  /** The ready file as it was when the ready line came. */
  public JsonNode ready() {
    return ready;
  }

  /** A text of the ready file. */
  public String ready(String member) {
    return ready.required(member).asText();
  }

  /** The process's number. */
  public long pid() {
    return process.pid();
  }

  /** What it has said to people so far. */
  public String stderr() throws IOException {
    return Files.readString(stderr);
  }

  /** Asks it to stop, as TERM does, and gives its exit code. */
  public int stop() throws IOException, InterruptedException {
    process.destroy();
    if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
      throw new IOException("did not stop; stderr:\n" + stderr());
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
