package localhsm.server.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import localhsm.server.app.ReadyState;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Where running servers are written down: {@code ~/.localhsm/run/NAME.json}, or a named file. */
final class ReadyFiles {
  private static final int NOT_RUNNING = 1;
  private static final String DEFAULT_NAME = "hsm1";

  private ReadyFiles() {}

  /** The options that say which server is meant. */
  static void addOptions(CommandSpec spec) {
    spec.addOption(
        OptionSpec.builder("--name")
            .type(String.class)
            .paramLabel("NAME")
            .description("The HSM with this name (default: " + DEFAULT_NAME + ")")
            .build());
    spec.addOption(
        OptionSpec.builder("--ready-file")
            .type(String.class)
            .paramLabel("FILE")
            .description("The HSM that wrote this ready file")
            .build());
  }

  /** The usual place for a server of that name. */
  static Path usual(Caller caller, String name) {
    return caller.home().resolve(".localhsm").resolve("run").resolve(name + ".json");
  }

  /**
   * The running server that is meant: by flag, else by environment, else the default name.
   *
   * @throws CommandFailed when it is not running
   */
  static ReadyState find(ParseResult options, Caller caller) {
    Path file = meant(options, caller);
    ReadyState state;
    try {
      state = ReadyFileCodec.decode(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      throw new CommandFailed(
          NOT_RUNNING, "no HSM is running (there is no " + file + "); start one: localhsm dev");
    } catch (IOException e) {
      throw new CommandFailed(NOT_RUNNING, file + " cannot be read as a ready file");
    }
    if (ProcessHandle.of(state.pid()).filter(ProcessHandle::isAlive).isEmpty()) {
      throw new CommandFailed(
          NOT_RUNNING,
          "the HSM of %s (process %d) has ended; start one: localhsm dev"
              .formatted(file, state.pid()));
    }
    return state;
  }

  private static Path meant(ParseResult options, Caller caller) {
    String file = options.matchedOptionValue("--ready-file", "");
    String name = options.matchedOptionValue("--name", "");
    if (file.isEmpty() && name.isEmpty()) {
      file = caller.variable("LOCALHSM_READY_FILE");
      name = caller.variable("LOCALHSM_NAME");
    }
    return file.isEmpty() ? usual(caller, name.isEmpty() ? DEFAULT_NAME : name) : Path.of(file);
  }

  /** Writes it whole, readable by its owner alone. */
  static void write(Path file, ReadyState state) throws IOException {
    Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
    boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    Files.createDirectories(folder, posix ? permissions("rwx------") : new FileAttribute<?>[0]);
    Path whole =
        Files.createTempFile(
            folder, ".ready", ".tmp", posix ? permissions("rw-------") : new FileAttribute<?>[0]);
    try {
      Files.write(whole, ReadyFileCodec.encode(state));
      Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(whole);
    }
  }

  /** Removes the file if it still describes that process. */
  static void removeIfOurs(Path file, long pid) {
    try {
      if (ReadyFileCodec.decode(Files.readAllBytes(file)).pid() == pid) {
        Files.delete(file);
      }
    } catch (IOException e) {
      // Another server's, or gone: nothing of ours is left either way.
      return;
    }
  }

  private static FileAttribute<?>[] permissions(String mode) {
    return new FileAttribute<?>[] {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))
    };
  }
}
