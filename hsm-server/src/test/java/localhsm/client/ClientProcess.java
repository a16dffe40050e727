package localhsm.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs {@link AzureClientProgram} as a user of an HSM does: in a JVM of its own. */
record ClientProcess(Path home, DevProcess dev) {
  private static final long SECONDS = 120;
  private static final Pattern SEEN = Pattern.compile("(?m)^SEEN (.*)$");

  /** What a program that ended well has printed. */
  record Ended(String output) {
    /** The operations that were answered with success. */
    Set<String> succeeded() {
      Matcher seen = SEEN.matcher(output);
      return seen.find() ? Set.of(seen.group(1).split(" ", -1)) : Set.of();
    }
  }

  Ended run(String step, Credentials credential, String... arguments) throws Exception {
    Path output = home.resolve("client.out");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseSerialGC");
    command.add("-Djdk.net.hosts.file=" + hosts());
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(AzureClientProgram.class.getName());
    command.add(step);
    command.add(credential.name());
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().putAll(dev.environment());
    builder.environment().putAll(clientSecret(dev.ready()));
    Process client = builder.start();
    boolean ended = client.waitFor(SECONDS, TimeUnit.SECONDS);
    client.destroyForcibly();
    String text = Files.readString(output);
    assertThat(ended).as(text).isTrue();
    assertThat(client.exitValue()).as(text).isZero();
    return new Ended(text);
  }

  private static Map<String, String> clientSecret(JsonNode ready) {
    JsonNode user = ready.get("identities").get("user");
    return Map.of(
        "TEST_AUTHORITY", ready.get("authorityUrl").asText(),
        "TEST_TENANT", ready.get("tenantId").asText(),
        "TEST_CLIENT_ID", user.get("clientId").asText(),
        "TEST_CLIENT_SECRET", user.get("clientSecret").asText());
  }

  private Path hosts() throws IOException {
    return Files.writeString(
        home.resolve("hosts"),
        "127.0.0.1 localhost hsm1.managedhsm.localhost login.localhost management.localhost\n");
  }
}
