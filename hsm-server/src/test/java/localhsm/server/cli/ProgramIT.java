package localhsm.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramIT {
  @TempDir Path home;

  @Nested
  class ThePackagedProgram {

    @Test
    void tellsItsVersion() throws Exception {
      ProgramRun run = ProgramRun.jar(home, "version", "--crypto");

      assertThat(run.exitCode()).isZero();
      assertThat(run.out()).startsWith("localhsm 0.").contains("Java " + Runtime.version(), "BC ");
      assertThat(run.err()).isEmpty();
    }

    @Test
    void helps() throws Exception {
      ProgramRun run = ProgramRun.jar(home, "help");

      assertThat(run.exitCode()).isZero();
      assertThat(run.out()).startsWith("Usage: localhsm COMMAND");
    }

    @Test
    void endsWith2AfterAMistakeOfUsage() throws Exception {
      ProgramRun run = ProgramRun.jar(home, "dev", "--bogus");

      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.out()).isEmpty();
      assertThat(run.err()).contains("--bogus");
    }

    @Test
    void endsWith2AndListsAllProblemsOfItsConfiguration() throws Exception {
      Path file = Files.writeString(home.resolve("c.yaml"), "x: 1\nlisten: {port: 70000}\n");
      ProgramRun run = ProgramRun.jar(home, "dev", "--config", file.toString(), "--name", "a");

      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.out()).isEmpty();
      assertThat(run.err().lines())
          .hasSize(3)
          .anyMatch(line -> line.contains("x is no known key"))
          .anyMatch(line -> line.contains("listen.port"))
          .anyMatch(line -> line.contains("--name"));
    }

    @Test
    void endsWith1WhenNoServerIsRunning() throws Exception {
      ProgramRun run = ProgramRun.jar(home, "healthcheck");

      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err()).contains("no HSM is running");
    }
  }

  @Nested
  class ADevelopmentServer {

    @Test
    void isReadyWithOneLineAndEndsWith0WhenTerminated() throws Exception {
      Path usual = home.resolve(".localhsm/run/hsm2.json");
      try (LocalHsmProcess hsm = LocalHsmProcess.start(home, "--name", "hsm2")) {
        assertThat(hsm.readyLine())
            .matches(
                "LOCALHSM READY https://hsm2\\.managedhsm\\.localhost:[0-9]+ pid=%d ms=[0-9]+"
                    .formatted(hsm.pid()));
        assertThat(hsm.ready().get("pid").asLong()).isEqualTo(hsm.pid());
        assertThat(URI.create(hsm.ready("hsmUrl")).getHost())
            .isEqualTo("hsm2.managedhsm.localhost");
        assertThat(Files.readString(usual)).isEqualTo(hsm.ready().toString());
        assertThat(ProgramRun.jar(home, "env", "--name", "hsm2").out())
            .contains("export LOCALHSM_URL='" + hsm.ready("hsmUrl") + "'");

        assertThat(hsm.stop()).isZero();
        assertThat(usual).doesNotExist();
      }
    }
  }

  @Nested
  class TheJar {

    @Test
    void holdsNoSignaturesNoTestsAndNothingTwice() throws IOException {
      try (JarFile jar = new JarFile(System.getProperty("localhsm.jar"))) {
        List<String> names = jar.stream().map(ZipEntry::getName).toList();

        assertThat(names)
            .doesNotHaveDuplicates()
            .contains("localhsm/server/cli/Main.class", "META-INF/LICENSE", "META-INF/NOTICE")
            .contains(
                "META-INF/services/java.sql.Driver", "META-INF/services/java.security.Provider")
            .noneMatch(name -> name.matches("META-INF/[^/]+\\.(SF|RSA|DSA|EC)"))
            .noneMatch(name -> name.matches("(.*/)?module-info\\.class"))
            .noneMatch(name -> name.matches("localhsm/.*(Test|IT)(\\$.*)?\\.class"));
      }
    }

    @Test
    void saysWhatTheJvmMustKnow() throws IOException {
      try (JarFile jar = new JarFile(System.getProperty("localhsm.jar"))) {
        Manifest manifest = jar.getManifest();

        assertThat(manifest.getMainAttributes())
            .extractingFromEntries(e -> e.getKey() + ": " + e.getValue())
            .contains(
                "Main-Class: localhsm.server.cli.Main",
                "Multi-Release: true",
                "Enable-Native-Access: ALL-UNNAMED");
      }
    }
  }

  @Nested
  class TheLauncher {

    private ProgramRun launcher(Map<String, String> environment, List<String> command)
        throws IOException, InterruptedException {
      return ProgramRun.of(home, environment, command);
    }

    /** The script beside the jar, without sources. */
    private Path copy() throws IOException {
      Path folder = Files.createDirectory(home.resolve("a folder"));
      Files.copy(Path.of(System.getProperty("localhsm.jar")), folder.resolve("localhsm.jar"));
      Path script = folder.resolve("localhsm");
      Files.copy(
          Path.of(System.getProperty("localhsm.launcher")),
          script,
          StandardCopyOption.COPY_ATTRIBUTES);
      return script;
    }

    @Test
    void startsACopyBesideTheJarThroughALink() throws Exception {
      Path link = Files.createSymbolicLink(home.resolve("link"), copy());
      ProgramRun run =
          launcher(
              Map.of("LOCALHSM_JAVA", System.getProperty("java.home")),
              List.of(link.toString(), "version"));

      assertThat(run.err()).isEmpty();
      assertThat(run.out()).startsWith("localhsm 0.").contains("Java " + Runtime.version());
      assertThat(run.exitCode()).isZero();
    }

    @Test
    void passesExitCodesArgumentsAndOptionsOn() throws Exception {
      ProgramRun run =
          launcher(
              Map.of("LOCALHSM_JAVA_OPTS", "-XX:+UseParallelGC -Duser.country=NO"),
              List.of(copy().toString(), "dev", "--name", "no such * name"));

      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err().lines()).hasSize(1).first().asString().contains("--name");
    }

    @Test
    void recordsAnArchiveAndUsesIt() throws Exception {
      String script = copy().toString();
      ProgramRun first = launcher(Map.of("LOCALHSM_ARCHIVE", "now"), List.of(script, "version"));
      Path cache = home.resolve(".cache/localhsm");

      assertThat(first.exitCode()).isZero();
      assertThat(first.err()).isEmpty();
      try (var files = Files.list(cache)) {
        assertThat(files).singleElement().asString().matches(".*\\.(jsa|aot)");
      }
      ProgramRun second = launcher(Map.of(), List.of(script, "version"));
      assertThat(second).isEqualTo(first);
    }

    @Test
    void runsWithoutAHomeFolder() throws Exception {
      ProgramRun run =
          launcher(Map.of(), List.of("env", "-u", "HOME", copy().toString(), "version"));

      assertThat(run.exitCode()).isZero();
      assertThat(run.err()).isEmpty();
    }

    @Test
    void saysWhenJavaIsMissingOrTooOld() throws Exception {
      Path old = Files.createDirectories(home.resolve("jdk-11/bin")).resolve("java");
      Files.writeString(old, "#!/bin/sh\necho 'openjdk version \"11.0.2\"' >&2\n");
      assertThat(old.toFile().setExecutable(true)).isTrue();

      ProgramRun run =
          launcher(Map.of("LOCALHSM_JAVA", old.toString()), List.of(copy().toString(), "version"));

      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.out()).isEmpty();
      assertThat(run.err())
          .isEqualTo("localhsm: LOCALHSM_JAVA=" + old + " is no Java 17 or later\n");
    }

    @Test
    void saysWhenThereIsNothingToStart() throws Exception {
      Path script = copy();
      Files.delete(script.resolveSibling("localhsm.jar"));
      ProgramRun run = launcher(Map.of(), List.of(script.toString(), "version"));

      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err()).contains("there is neither");
    }
  }

  @Nested
  class ACheckout {

    /** A folder that looks like one, and a Maven that notes its calls and "builds" the jar. */
    private Path checkout(String mvn) throws IOException {
      Path folder = Files.createDirectory(home.resolve("checkout"));
      Files.createDirectories(folder.resolve("hsm-server/src/main"));
      Files.createFile(folder.resolve("hsm-server/src/main/A.java"));
      Files.createFile(folder.resolve("pom.xml"));
      Files.createFile(folder.resolve("hsm-server/pom.xml"));
      Files.copy(
          Path.of(System.getProperty("localhsm.launcher")),
          folder.resolve("localhsm"),
          StandardCopyOption.COPY_ATTRIBUTES);
      Path bin = Files.createDirectory(home.resolve("bin"));
      Path script = Files.writeString(bin.resolve("mvn"), "#!/bin/sh\n" + mvn + "\n");
      assertThat(script.toFile().setExecutable(true)).isTrue();
      return folder.resolve("localhsm");
    }

    private ProgramRun run(String command) throws IOException, InterruptedException {
      Map<String, String> environment =
          Map.of(
              "PATH", home.resolve("bin") + ":" + System.getenv("PATH"),
              "LOCALHSM_JAVA", System.getProperty("java.home"),
              "CALLS", home.resolve("calls").toString(),
              "JAR", System.getProperty("localhsm.jar"));
      return ProgramRun.of(home, environment, List.of("sh", "-c", command));
    }

    private static final String BUILDS =
        "echo \"$@\" >>\"$CALLS\"; sleep 1; cp \"$JAR\" hsm-server/target/localhsm.jar";

    @Test
    void isBuiltOnceEvenByTwoAtOnce() throws Exception {
      Path script = checkout(BUILDS);
      ProgramRun run =
          run("'%1$s' version & one=$!; '%1$s' version && wait $one".formatted(script));

      assertThat(run.exitCode()).isZero();
      assertThat(run.out().lines().filter(line -> line.startsWith("localhsm 0."))).hasSize(2);
      assertThat(run.err().lines()).hasSize(1).first().asString().contains("building");
      assertThat(Files.readString(home.resolve("calls")))
          .isEqualTo("-B -q -DskipTests -pl hsm-server -am package\n");
      assertThat(script.resolveSibling("hsm-server/target/localhsm.lock")).doesNotExist();
    }

    @Test
    void isBuiltAgainWhenASourceIsNewer() throws Exception {
      Path script = checkout(BUILDS);
      run("'%s' version".formatted(script));
      Path source = script.resolveSibling("hsm-server/src/main/A.java");
      ProgramRun run =
          run("touch '%1$s'; '%2$s' version; '%2$s' version".formatted(source, script));

      assertThat(run.exitCode()).isZero();
      assertThat(Files.readAllLines(home.resolve("calls"))).hasSize(2);
    }

    @Test
    void whoseBuildFailsEndsWith1AndMayBeBuiltAgain() throws Exception {
      Path script = checkout("echo 'no such symbol'; exit 7");

      for (int i = 0; i < 2; i++) {
        ProgramRun run = run("'%s' version".formatted(script));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("no such symbol", "the build failed");
      }
    }

    @Test
    void isBuiltPastTheLockOfADeadLauncher() throws Exception {
      Path script = checkout(BUILDS);
      ProgramRun run =
          run(
              "mkdir '%1$s/hsm-server/target'; sh -c 'ln -s pid:$$ \"$1\"' sh"
                      .formatted(script.getParent())
                  + " '%s/hsm-server/target/localhsm.lock'; '%s' version"
                      .formatted(script.getParent(), script));

      assertThat(run.err()).contains("building");
      assertThat(run.exitCode()).isZero();
    }

    @Test
    void withoutMavenSaysWhatIsMissing() throws Exception {
      Path script = checkout("exit 0");
      Files.delete(home.resolve("bin/mvn"));
      Path bin = home.resolve("bin");
      for (String tool : List.of("sh", "dirname", "basename", "readlink", "sed", "find", "head")) {
        Files.createSymbolicLink(bin.resolve(tool), which(tool));
      }
      ProgramRun run = run("PATH='%s' '%s' version".formatted(bin, script));

      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err()).contains("needs Maven");
    }

    private static Path which(String tool) {
      for (String folder : System.getenv("PATH").split(":", -1)) {
        if (Files.isExecutable(Path.of(folder, tool))) {
          return Path.of(folder, tool);
        }
      }
      throw new AssertionError(tool + " is not in PATH");
    }
  }
}
