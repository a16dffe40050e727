package localhsm.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvCommandTest {
  private static final String OURS =
      "-Djavax.net.ssl.trustStore=\"/home/o'brien/trust store.p12\""
          + " -Djavax.net.ssl.trustStorePassword=changeit";

  @TempDir Path home;

  @BeforeEach
  void serverIsRunning() throws IOException {
    ReadyFiles.write(
        ReadyFiles.usual(new CapturedCaller(home).caller(), "hsm1"),
        ReadyStates.memory(9443, Path.of("/tls/ca.pem")));
  }

  private CapturedCaller env(Map<String, String> environment) {
    CapturedCaller shell = new CapturedCaller(home, environment);
    assertThat(shell.run("env")).isZero();
    return shell;
  }

  /** What a POSIX shell makes of it. */
  private static List<String> evaluated(String script) throws IOException, InterruptedException {
    Process sh =
        new ProcessBuilder("sh", "-c", "eval \"$1\"; exec \"$2\" -0", "sh", script, "env")
            .redirectErrorStream(true)
            .start();
    String all = new String(sh.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(sh.waitFor()).isZero();
    return List.of(all.split("\0", -1));
  }

  @Nested
  class TheEnvironment {

    @Test
    void isWhatClientsNeedAfterEval() throws IOException, InterruptedException {
      assertThat(evaluated(env(Map.of()).out()))
          .contains(
              "LOCALHSM_URL=https://hsm1.managedhsm.localhost:9443",
              "IDENTITY_ENDPOINT=https://localhost:9443/msi/token",
              "IDENTITY_HEADER=header-secret",
              "NODE_EXTRA_CA_CERTS=/tls/ca.pem",
              "REQUESTS_CA_BUNDLE=/tls/bundle.pem",
              "SSL_CERT_FILE=/tls/bundle.pem",
              "CURL_CA_BUNDLE=/tls/bundle.pem",
              "JAVA_TOOL_OPTIONS=" + OURS);
    }

    @Test
    void isNothingButExports() {
      assertThat(env(Map.of()).out().lines()).hasSize(8).allMatch(l -> l.startsWith("export "));
    }

    @Test
    void holdsNoClientSecret() {
      assertThat(env(Map.of()).out()).doesNotContain("AZURE_CLIENT", "s3cret");
    }
  }

  @Nested
  class TheCallersJavaOptions {

    @Test
    void stayInFront() throws IOException, InterruptedException {
      assertThat(evaluated(env(Map.of("JAVA_TOOL_OPTIONS", "-Da='b c'")).out()))
          .contains("JAVA_TOOL_OPTIONS=-Da='b c' " + OURS);
    }

    @Test
    void doNotGrowWhenRunTwice() throws IOException, InterruptedException {
      assertThat(evaluated(env(Map.of("JAVA_TOOL_OPTIONS", "-Da=b " + OURS)).out()))
          .contains("JAVA_TOOL_OPTIONS=-Da=b " + OURS);
    }

    @Test
    void areUnderstoodByTheJvm() throws IOException, InterruptedException {
      ProcessBuilder java =
          new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-XshowSettings:properties",
              "-version");
      java.environment().put("JAVA_TOOL_OPTIONS", OURS);
      Process process = java.redirectErrorStream(true).start();

      assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .contains("javax.net.ssl.trustStore = /home/o'brien/trust store.p12");
      assertThat(process.waitFor()).isZero();
    }
  }
}
