package localhsm.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The official Java clients against the packaged program. Each client runs in a JVM of its own,
 * which knows the server by its environment alone; trust and names come from the JVM's settings.
 */
@DisplayName("An unmodified Java client")
class OfficialClientIT {
  private static final long CLIENT_SECONDS = 120;

  @TempDir Path home;

  @ParameterizedTest
  @EnumSource(Credentials.class)
  void createsAKeyAndSignsWithEveryCredential(Credentials credential) throws Exception {
    try (DevProcess dev = DevProcess.start(home)) {
      assertThat(client(dev, "first-signature", credential.name()))
          .contains("PASSED first-signature " + credential);
      assertThat(dev.stop()).isZero();
    }
  }

  @Test
  void usesEveryKindOfKeyAndAlgorithm() throws Exception {
    try (DevProcess dev = DevProcess.start(home)) {
      assertThat(client(dev, "whole-slice", Credentials.MANAGED_IDENTITY.name()))
          .contains("PASSED whole-slice MANAGED_IDENTITY");
    }
  }

  @Nested
  class AfterARestart {
    @Test
    void findsItsKeyUnderTheSameIdAndSignsAgain() throws Exception {
      String data = home.resolve("data").toString();
      String path;
      try (DevProcess dev = DevProcess.start(home, "--data", data)) {
        String output = client(dev, "first-signature", Credentials.DEFAULT.name());
        path = output.replaceAll("(?s).*KEY https://[^/]+/(\\S+).*", "$1");
        assertThat(dev.stop()).isZero();
      }
      try (DevProcess dev = DevProcess.start(home, "--data", data)) {
        String id = dev.ready().get("hsmUrl").asText() + "/" + path;
        assertThat(client(dev, "sign-again", Credentials.CLIENT_SECRET.name(), id))
            .contains("PASSED sign-again CLIENT_SECRET");
        assertThat(dev.stop()).isZero();
      }
    }
  }

  private String client(DevProcess dev, String... arguments) throws Exception {
    Path output = home.resolve("client.out");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseSerialGC");
    command.add("-Djdk.net.hosts.file=" + hosts());
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(AzureClientProgram.class.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().putAll(dev.environment());
    builder.environment().putAll(clientSecret(dev.ready()));
    Process client = builder.start();
    boolean ended = client.waitFor(CLIENT_SECONDS, TimeUnit.SECONDS);
    client.destroyForcibly();
    String text = Files.readString(output);
    assertThat(ended).as(text).isTrue();
    assertThat(client.exitValue()).as(text).isZero();
    return text;
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
