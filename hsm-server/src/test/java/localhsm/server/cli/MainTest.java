package localhsm.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import localhsm.server.app.StartRefused;
import localhsm.server.config.ConfigException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
  @TempDir Path home;
  private CapturedCaller shell;

  @BeforeEach
  void open() {
    shell = new CapturedCaller(home);
  }

  @Nested
  class Help {

    @ParameterizedTest
    @ValueSource(strings = {"help", "--help", "-h"})
    void listsEveryCommand(String word) {
      assertThat(shell.run(word)).isZero();
      assertThat(shell.err()).isEmpty();
      assertThat(shell.out())
          .contains("dev", "env", "token", "healthcheck", "ca", "version", "help");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "env", "token", "healthcheck", "ca", "version"})
    void explainsACommand(String command) {
      CapturedCaller other = new CapturedCaller(home);

      assertThat(shell.run("help", command)).isZero();
      assertThat(other.run(command, "--help")).isZero();
      assertThat(shell.out()).startsWith("Usage: localhsm " + command).isEqualTo(other.out());
    }

    @Test
    void ofDevNamesItsOptionsAndNoneThatIsToCome() {
      shell.run("help", "dev");

      assertThat(shell.out())
          .contains(
              "--port", "--name", "--data", "--config", "--ready-file", "--expose-authority-key")
          .doesNotContain("--audit", "--not-activated", "\u001b");
    }
  }

  @Nested
  class AMistakeOfUsage {

    @ParameterizedTest
    @CsvSource({
      "dev --bogus, Unknown option: '--bogus'",
      "dev --port, Missing required parameter",
      "dev --port --name, Expected parameter for option '--port' but found '--name'",
      "dev --port 1 --port 2, should be specified only once",
      "dev --not-activated, Unknown option",
      "dev extra, Unmatched argument",
      "dev --port x, listen.port must be a whole number",
      "dev @file, Unmatched argument",
      "serve, unknown command 'serve'",
      "help serve, unknown command 'serve'",
      "--bogus, unknown command '--bogus'",
      "version --cryptic, Unknown option"
    })
    void endsWith2AndIsToldOnStderr(String line, String message) {
      assertThat(shell.run(line.split(" ", -1))).isEqualTo(2);
      assertThat(shell.out()).isEmpty();
      assertThat(shell.err()).startsWith("localhsm: ").contains(message);
    }

    @Test
    void isToSayNothing() {
      assertThat(shell.run()).isEqualTo(2);
      assertThat(shell.out()).isEmpty();
      assertThat(shell.err()).startsWith("Usage: localhsm COMMAND");
    }
  }

  @Nested
  class AServerThatCannotStart {

    @Test
    void endsWithTheCodeOfItsReason() {
      Map<StartRefused, Integer> reasons =
          Map.of(
              StartRefused.configuration("a"), 2,
              StartRefused.portInUse("b"), 4,
              StartRefused.dataFolder("c"), 5,
              StartRefused.cannotUnseal("d"), 6);

      reasons.forEach(
          (reason, code) -> {
            CapturedCaller caller = new CapturedCaller(home);
            int exit =
                caller.run(
                    config -> {
                      throw reason;
                    },
                    "dev");
            assertThat(exit).isEqualTo(code);
            assertThat(caller.out()).isEmpty();
            assertThat(caller.err()).isEqualTo("localhsm: " + reason.getMessage() + "\n");
          });
    }

    @Test
    void tellsEveryProblemOfItsConfiguration() {
      int exit =
          shell.run(
              config -> {
                throw new ConfigException(List.of("one", "two"));
              },
              "dev");

      assertThat(exit).isEqualTo(2);
      assertThat(shell.err()).isEqualTo("localhsm: one\nlocalhsm: two\n");
    }

    @Test
    void endsWith1AndAStackTraceWhenItIsABug() {
      int exit =
          shell.run(
              config -> {
                throw new IllegalStateException("bug");
              },
              "dev");

      assertThat(exit).isEqualTo(1);
      assertThat(shell.err()).contains("unexpected failure", "IllegalStateException: bug", "\tat ");
    }
  }

  @Nested
  class WithoutAHomeFolder {

    @Test
    void onlyWhatNeedsOneIsRefused() {
      CapturedCaller lost = new CapturedCaller(Path.of("?"));

      assertThat(lost.run("version")).isZero();
      assertThat(lost.run("dev")).isEqualTo(2);
      assertThat(lost.err()).isEqualTo("localhsm: there is no home folder; set HOME to one\n");
    }

    @Test
    void theVariableDecides() {
      CapturedCaller found = new CapturedCaller(Path.of("?"), Map.of("HOME", home.toString()));

      assertThat(found.caller().home()).isEqualTo(home);
    }
  }

  @Nested
  class Version {

    @Test
    void namesTheProgramAndJava() {
      assertThat(shell.run("version")).isZero();
      assertThat(shell.out().lines()).hasSize(2).first().asString().startsWith("localhsm ");
      assertThat(shell.out()).contains("Java " + Runtime.version());
    }

    @Test
    void tellsWhoDoesTheCryptography() {
      assertThat(shell.run("version", "--crypto")).isZero();
      assertThat(shell.out()).containsPattern("keys +BC 1\\.").contains("SunJCE");
    }
  }
}
