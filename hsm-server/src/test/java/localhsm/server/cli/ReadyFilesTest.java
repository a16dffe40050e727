package localhsm.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadyFilesTest {
  @TempDir Path home;
  private CapturedCaller shell;
  private Path usual;

  @BeforeEach
  void name() {
    shell = new CapturedCaller(home);
    usual = ReadyFiles.usual(shell.caller(), "hsm1");
  }

  private static long endedProcess() throws IOException, InterruptedException {
    Process process = new ProcessBuilder("true").start();
    process.waitFor();
    return process.pid();
  }

  @Nested
  class AWrittenFile {

    @Test
    void isReadableByItsOwnerAlone() throws IOException {
      ReadyFiles.write(usual, ReadyStates.ofProcess(1));

      assertThat(usual).isEqualTo(home.resolve(".localhsm/run/hsm1.json"));
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(usual)))
          .isEqualTo("rw-------");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(usual.getParent())))
          .isEqualTo("rwx------");
    }

    @Test
    void replacesAnotherWholeAndLeavesNothingBeside() throws IOException {
      ReadyFiles.write(usual, ReadyStates.ofProcess(1));
      ReadyFiles.write(usual, ReadyStates.ofProcess(2));

      assertThat(ReadyFileCodec.decode(Files.readAllBytes(usual)).pid()).isEqualTo(2);
      try (Stream<Path> files = Files.list(usual.getParent())) {
        assertThat(files).containsExactly(usual);
      }
    }

    @Test
    void isRemovedOnlyByTheProcessItNames() throws IOException {
      ReadyFiles.write(usual, ReadyStates.ofProcess(1));

      ReadyFiles.removeIfOurs(usual, 2);
      assertThat(usual).exists();
      ReadyFiles.removeIfOurs(usual, 1);
      assertThat(usual).doesNotExist();
    }
  }

  @Nested
  class ACommandThatNeedsAServer {

    @Test
    void findsTheDefaultOne() throws IOException {
      ReadyFiles.write(usual, ReadyStates.memory(9443, Path.of("/tls/ca.pem")));

      assertThat(shell.run("ca")).isZero();
      assertThat(shell.out()).isEqualTo("/tls/ca.pem\n");
    }

    @Test
    void findsOneByName() throws IOException {
      Path other = ReadyFiles.usual(shell.caller(), "other");
      ReadyFiles.write(other, ReadyStates.memory(9443, Path.of("/other/ca.pem")));

      assertThat(shell.run("ca", "--name", "other")).isZero();
      assertThat(shell.out()).isEqualTo("/other/ca.pem\n");
    }

    @Test
    void findsOneByFileAndPrefersFlagsToTheEnvironment() throws IOException {
      Path file = home.resolve("ready.json");
      ReadyFiles.write(file, ReadyStates.memory(9443, Path.of("/file/ca.pem")));
      ReadyFiles.write(usual, ReadyStates.memory(9443, Path.of("/tls/ca.pem")));
      CapturedCaller other =
          new CapturedCaller(home, Map.of("LOCALHSM_READY_FILE", file.toString()));

      assertThat(shell.run("ca", "--ready-file", file.toString())).isZero();
      assertThat(shell.out()).isEqualTo("/file/ca.pem\n");
      assertThat(other.run("ca")).isZero();
      assertThat(other.run("ca", "--name", "hsm1")).isZero();
      assertThat(other.out()).isEqualTo("/file/ca.pem\n/tls/ca.pem\n");
    }

    @Test
    void endsWith1WhenNoneIsRunning() {
      assertThat(shell.run("env")).isEqualTo(1);
      assertThat(shell.out()).isEmpty();
      assertThat(shell.err())
          .isEqualTo(
              "localhsm: no HSM is running (there is no %s); start one: localhsm dev\n"
                  .formatted(usual));
    }

    @Test
    void endsWith1WhenItsProcessHasEnded() throws IOException, InterruptedException {
      long pid = endedProcess();
      ReadyFiles.write(usual, ReadyStates.ofProcess(pid));

      assertThat(shell.run("token")).isEqualTo(1);
      assertThat(shell.err()).contains("(process " + pid + ") has ended");
    }

    @Test
    void endsWith1WhenTheFileIsNone() throws IOException {
      Path file = Files.writeString(home.resolve("x.json"), "{}");

      assertThat(shell.run("healthcheck", "--ready-file", file.toString())).isEqualTo(1);
      assertThat(shell.err()).contains("cannot be read as a ready file");
    }
  }

  @Nested
  class Ca {

    @Test
    void printsTheCertificateWhenAskedTo() throws IOException {
      Path pem = Files.writeString(home.resolve("ca.pem"), "-----BEGIN CERTIFICATE-----\n");
      ReadyFiles.write(usual, ReadyStates.memory(9443, pem));

      assertThat(shell.run("ca", "--pem")).isZero();
      assertThat(shell.out()).isEqualTo("-----BEGIN CERTIFICATE-----\n");
    }

    @Test
    void endsWith1WhenItIsGone() throws IOException {
      ReadyFiles.write(usual, ReadyStates.memory(9443, home.resolve("none.pem")));

      assertThat(shell.run("ca", "--pem")).isEqualTo(1);
      assertThat(shell.out()).isEmpty();
    }
  }
}
