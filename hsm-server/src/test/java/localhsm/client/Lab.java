package localhsm.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** What a test does with the HSM that no client of the service can: its clock and attestations. */
final class Lab {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final String origin;

  Lab(String vaultUrl) {
    this.origin = vaultUrl;
  }

  /** The HSM's time. */
  OffsetDateTime now() throws IOException, InterruptedException {
    long seconds = send("GET", "clock", "").get("now").asLong();
    return Instant.ofEpochSecond(seconds).atOffset(ZoneOffset.UTC);
  }

  /** Moves the HSM's clock; what became due is done when this returns. */
  void advance(Duration by) throws IOException, InterruptedException {
    send("PUT", "clock", "{\"advance\":" + by.toSeconds() + "}");
  }

  /** Gives the HSM the real time back. */
  void resume() throws IOException, InterruptedException {
    send("PUT", "clock", "{\"resume\":true}");
  }

  /** The name under which the attestation authority signs. */
  String attestationIssuer() throws IOException, InterruptedException {
    return send("GET", "attestation/.well-known/openid-configuration", "").get("issuer").asText();
  }

  /** An attestation with the given claims and a key of its own: {@code token, privateKey}. */
  JsonNode attest(String claims) throws IOException, InterruptedException {
    return send("POST", "attestation/mint", "{\"claims\":" + claims + "}");
  }

  private JsonNode send(String verb, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(origin + "/_localhsm/" + path))
            .header("Localhsm-Lab", "1")
            .header("Content-Type", "application/json")
            .method(verb, HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as("%s %s: %s", verb, path, answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }
}
