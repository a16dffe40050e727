package localhsm.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The openssl command as a second opinion, where it is installed. */
final class OpenSsl {
  private final Path folder;

  /** Uses the folder for what goes in and comes out; skips the test where there is no openssl. */
  OpenSsl(Path folder) {
    this.folder = folder;
    assumeTrue(
        Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
            .anyMatch(place -> Files.isExecutable(Path.of(place, "openssl"))),
        "openssl is not installed");
  }

  Path file(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }

  /** A new private key as PKCS#8. */
  byte[] newKey(String algorithm, String option) throws IOException, InterruptedException {
    Path pem = file("key.pem", run("genpkey", "-algorithm", algorithm, "-pkeyopt", option));
    return run("pkcs8", "-topk8", "-nocrypt", "-in", pem.toString(), "-outform", "DER");
  }

  byte[] run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile(folder, "out", "");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(folder.resolve("err").toFile())
            .start();
    assertThat(process.waitFor()).as(Files.readString(folder.resolve("err"))).isZero();
    return Files.readAllBytes(out);
  }
}
