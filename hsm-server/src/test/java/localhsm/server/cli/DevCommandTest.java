package localhsm.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import localhsm.server.app.ReadyState;
import localhsm.server.config.ServerConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevCommandTest {
  private static final String EXIT = "localhsm.exit-after-ready";

  @TempDir Path home;
  private FakeServer server;

  @BeforeEach
  void stopWhenReady() {
    System.setProperty(EXIT, "true");
    server = new FakeServer();
  }

  @AfterEach
  void restore() {
    System.clearProperty(EXIT);
  }

  /** Notes what it was told and what is there when it closes. */
  private final class FakeServer implements ServerStart, ServerStart.Running {
    private final List<ServerConfig> configs = new ArrayList<>();
    private int closed;

    @Override
    public Running start(ServerConfig config) {
      configs.add(config);
      return this;
    }

    @Override
    public ReadyState ready() {
      return ReadyStates.memory(1, home.resolve("ca.pem"));
    }

    @Override
    public void close() {
      closed++;
    }
  }

  @Nested
  class AReadyServer {

    @Test
    void isAnnouncedByOneLineOnStdout() {
      CapturedCaller shell = new CapturedCaller(home);

      assertThat(shell.run(server, "dev")).isZero();
      assertThat(shell.out())
          .matches(
              "LOCALHSM READY https://hsm1\\.managedhsm\\.localhost:1 pid=%d ms=[0-9]+\n"
                  .formatted(ProcessHandle.current().pid()));
      assertThat(shell.err())
          .contains("eval \"$(./localhsm env)\"", "ca.pem", "/etc/hosts", "Note: mind the gap")
          .doesNotContain(ReadyStates.SECRET, "header-secret");
      assertThat(server.closed).isEqualTo(1);
    }

    @Test
    void isWrittenDownWhereAskedAndReplacesAnOldFile() throws IOException {
      Path file = Files.writeString(home.resolve("ready.json"), "old");

      assertThat(new CapturedCaller(home).run(server, "dev", "--ready-file", file.toString()))
          .isZero();
      assertThat(ReadyFileCodec.decode(Files.readAllBytes(file)).hsmUrl())
          .isEqualTo("https://hsm1.managedhsm.localhost:1");
    }

    @Test
    void isNoLongerListedAfterItsStop() {
      assertThat(new CapturedCaller(home).run(server, "dev")).isZero();
      assertThat(home.resolve(".localhsm/run")).isEmptyDirectory();
    }

    @Test
    void whoseReadyFileCannotBeWrittenIsStopped() throws IOException {
      Path folder = Files.createDirectory(home.resolve("folder"));
      Files.createFile(folder.resolve("full"));
      CapturedCaller shell = new CapturedCaller(home);
      Path below = folder.resolve("full").resolve("ready.json");

      assertThat(shell.run(server, "dev", "--ready-file", below.toString())).isEqualTo(2);
      assertThat(shell.out()).isEmpty();
      assertThat(shell.err()).contains("cannot be written");
      assertThat(server.closed).isEqualTo(server.configs.size());
    }

    @Test
    void runsWithoutAHomeFolderToWriteTo() throws IOException {
      Path file = Files.createFile(home.resolve("file"));
      CapturedCaller shell = new CapturedCaller(file);

      assertThat(shell.run(server, "dev")).isZero();
      assertThat(shell.out()).startsWith("LOCALHSM READY ");
      assertThat(shell.err()).contains("hsm1.json cannot be written");
    }
  }

  @Nested
  class ItsConfiguration {

    @Test
    void isMadeOfFlagsEnvironmentAndFile() throws IOException {
      Path file = Files.writeString(home.resolve("c.yaml"), "hsm: {region: norwayeast}\n");
      CapturedCaller shell = new CapturedCaller(home, Map.of("LOCALHSM_TLS_ENGINE", "jdk"));

      assertThat(
              shell.run(
                  server,
                  "dev",
                  "--config=" + file,
                  "--port",
                  "0",
                  "--name=abc",
                  "--data",
                  home.resolve("data").toString(),
                  "--expose-authority-key"))
          .isZero();
      ServerConfig config = server.configs.get(0);
      assertThat(config.hsm().region()).isEqualTo("norwayeast");
      assertThat(config.hsm().name()).isEqualTo("abc");
      assertThat(config.listen().port()).isZero();
      assertThat(config.data().folder()).contains(home.resolve("data"));
      assertThat(config.tls().engine()).isEqualTo(ServerConfig.TlsEngine.JDK);
      assertThat(config.authority().exposeKey()).isTrue();
    }
  }
}
