package localhsm.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A process that is killed while keys are made")
class KillIT {
  private static final int KILLS = 10;
  private static final int CLIENTS = 4;
  private static final String VERSION = "?api-version=7.6";
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  /** Path of the id to the public key, for every creation that was answered. */
  private final Map<String, JsonNode> acknowledged = new ConcurrentHashMap<>();

  /** A server of its own. */
  private record Running(Process process, JsonNode ready, String token) implements AutoCloseable {
    Wire connect() {
      return Wire.connect(ready.get("hsmUrl").asText(), Path.of(ready.get("caPem").asText()));
    }

    /** As {@code kill -9} does it. */
    @Override
    public void close() {
      process.destroyForcibly().onExit().join();
    }
  }

  @Test
  @Timeout(120)
  void losesNoAcknowledgedKey() throws Exception {
    Random chance = new Random(7);
    for (int round = 0; round < KILLS; round++) {
      try (Running server = start()) {
        check(server);
        createUntilKilled(server, round, 1 + chance.nextInt(60));
      }
    }
    try (Running server = start()) {
      assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(KILLS);
      check(server);
    }
  }

  private void createUntilKilled(Running server, int round, int answers)
      throws InterruptedException {
    CountDownLatch answered = new CountDownLatch(answers);
    List<Thread> clients = new ArrayList<>();
    for (int client = 0; client < CLIENTS; client++) {
      String name = "key-" + round + "-" + client + "-";
      clients.add(new Thread(() -> create(server, name, answered)));
    }
    clients.forEach(Thread::start);
    assertThat(answered.await(30, TimeUnit.SECONDS)).isTrue();
    server.close();
    for (Thread client : clients) {
      client.join();
    }
  }

  /** Every other creation adds a version to the name that all clients share. */
  private void create(Running server, String name, CountDownLatch answered) {
    try (Wire wire = server.connect()) {
      for (int i = 0; server.process.isAlive(); i++) {
        String key = i % 8 == 7 ? name.substring(0, 5) + "-shared" : name + i;
        Wire.Answer answer =
            wire.as(server.token, "POST", "/keys/" + key + "/create" + VERSION, "{\"kty\":\"EC\"}");
        if (answer.status() == 200) {
          JsonNode made = answer.json().get("key");
          acknowledged.put(URI.create(made.get("kid").asText()).getPath(), made);
          answered.countDown();
        }
      }
    } catch (UncheckedIOException e) {
      // the end that this is about
    }
  }

  private void check(Running server) throws GeneralSecurityException {
    try (Wire wire = server.connect()) {
      for (Map.Entry<String, JsonNode> key : acknowledged.entrySet()) {
        JsonNode signed =
            wire.as(
                    server.token,
                    "POST",
                    key.getKey() + "/sign" + VERSION,
                    PublicKeys.signRequest(key.getValue()))
                .json();
        assertThat(signed.has("value")).as(key.getKey() + ": " + signed).isTrue();
        assertThat(PublicKeys.verify(key.getValue(), signed.get("value").asText())).isTrue();
      }
    }
  }

  private Running start() throws IOException, InterruptedException {
    Path readyFile = folder.resolve("ready.json");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            "localhsm.server.cli.Main",
            "dev",
            "--port",
            "0",
            "--data",
            folder.resolve("data").toString(),
            "--ready-file",
            readyFile.toString());
    builder.environment().put("HOME", folder.toString());
    builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
    builder.redirectError(folder.resolve("stderr").toFile());
    Process process = builder.start();
    String line = process.inputReader().readLine();
    assertThat(line).as(() -> text(folder.resolve("stderr"))).startsWith("LOCALHSM READY ");
    JsonNode ready = JSON.readTree(readyFile.toFile());
    return new Running(process, ready, token(ready));
  }

  private static String token(JsonNode ready) {
    JsonNode admin = ready.at("/identities/admin");
    String form =
        "grant_type=client_credentials&client_id=%s&client_secret=%s&scope=%s"
            .formatted(
                admin.get("clientId").asText(),
                admin.get("clientSecret").asText(),
                URLEncoder.encode(
                    ready.get("resource").asText() + "/.default", StandardCharsets.UTF_8));
    try (Wire wire =
        Wire.connect(ready.get("authorityUrl").asText(), Path.of(ready.get("caPem").asText()))) {
      return wire.send(
              "POST",
              "/" + ready.get("tenantId").asText() + "/oauth2/v2.0/token",
              "Content-Type: application/x-www-form-urlencoded\r\n",
              form)
          .json()
          .get("access_token")
          .asText();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
