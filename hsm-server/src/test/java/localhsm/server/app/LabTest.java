package localhsm.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import localhsm.server.config.ServerConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The lab")
class LabTest {
  private static final String VERSION = "?api-version=7.6";
  private static final String CLOCK = "/_localhsm/clock";
  private static final String RESET = "/_localhsm/reset";
  private static final String ON_PURPOSE = "Localhsm-Lab: 1\r\n";
  private static final long YEARS_AHEAD =
      Instant.now().plus(3650, ChronoUnit.DAYS).getEpochSecond();

  @TempDir private Path folder;

  private TestHsm hsm;
  private Wire wire;
  private String token;

  @BeforeEach
  void start() {
    start(TestHsm.config(folder));
  }

  private void start(ServerConfig config) {
    hsm = TestHsm.start(config, folder);
    wire = hsm.connect();
    token = hsm.token("admin");
  }

  @AfterEach
  void stop() {
    wire.close();
    hsm.close();
  }

  private JsonNode clock(String change) {
    Wire.Answer answer = wire.send("PUT", CLOCK, ON_PURPOSE, change);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json();
  }

  private int listKeys() {
    return wire.as(token, "GET", "/keys" + VERSION, "").status();
  }

  @Nested
  @DisplayName("setting the clock years ahead")
  class SettingTheClockYearsAhead {

    @Test
    void leavesTokensAlone() {
      clock("{\"set\":" + YEARS_AHEAD + "}");

      assertThat(listKeys()).isEqualTo(200);
      assertThat(hsm.token("user")).isNotEmpty();
    }

    @Test
    void endsTokensWhenTheyAreToFollow() {
      clock("{\"set\":" + YEARS_AHEAD + ",\"tokens\":true}");
      assertThat(listKeys()).isEqualTo(401);

      token = hsm.token("admin");
      assertThat(listKeys()).isEqualTo(200);

      clock("{\"resume\":true}");
      assertThat(listKeys()).as("a token of the future").isEqualTo(401);
    }

    @Test
    void datesNewKeys() {
      clock("{\"freeze\":" + YEARS_AHEAD + "}");

      JsonNode key = wire.as(token, "POST", "/keys/k/create" + VERSION, "{\"kty\":\"EC\"}").json();

      assertThat(key.at("/attributes/created").asLong()).isEqualTo(YEARS_AHEAD);
    }

    @Test
    void leavesTlsAlone() {
      clock("{\"set\":" + YEARS_AHEAD + "}");

      try (Wire other = hsm.connect()) {
        assertThat(other.send("GET", CLOCK, "", "").json().get("now").asLong())
            .isGreaterThanOrEqualTo(YEARS_AHEAD);
      }
    }
  }

  @Nested
  @DisplayName("moving the clock through a key's time")
  class MovingTheClockThroughAKeysTime {
    private static final long NOT_BEFORE = 2_000_000_000;
    private static final long EXPIRES = 2_000_001_000;

    @ParameterizedTest
    @CsvSource({
      "1999999999, 403, KeyNotYetValid",
      "2000000000, 200, ''",
      "2000000999, 200, ''",
      "2000001000, 403, KeyExpired",
    })
    void decidesWhetherItSigns(long now, int status, String reason)
        throws GeneralSecurityException {
      String attributes = "{\"nbf\":" + NOT_BEFORE + ",\"exp\":" + EXPIRES + "}";
      JsonNode key =
          wire.as(
                  token,
                  "POST",
                  "/keys/k/create" + VERSION,
                  "{\"kty\":\"EC\",\"attributes\":" + attributes + "}")
              .json();
      clock("{\"freeze\":" + now + "}");

      Wire.Answer answer =
          wire.as(token, "POST", "/keys/k/sign" + VERSION, PublicKeys.signRequest(key.get("key")));

      assertThat(answer.status()).as(answer.body()).isEqualTo(status);
      assertThat(answer.json().at("/error/innererror/code").asText()).isEqualTo(reason);
    }
  }

  @Nested
  @DisplayName("moving the clock to what is due")
  class MovingTheClockToWhatIsDue {
    private static final int DAY = 86_400;

    private JsonNode ask(String verb, String path, String body) {
      Wire.Answer answer = wire.as(token, verb, path + VERSION, body);
      assertThat(answer.status()).as(answer.body()).isEqualTo(200);
      return answer.json();
    }

    @Test
    void purgesWhatIsAtTheEndOfItsRetention() {
      ask("POST", "/keys/k/create", "{\"kty\":\"EC\"}");
      ask("DELETE", "/keys/k", "");

      clock("{\"advance\":" + (90 * DAY - 60) + "}");
      ask("GET", "/deletedkeys/k", "");

      clock("{\"advance\":60}");
      assertThat(wire.as(token, "GET", "/deletedkeys/k" + VERSION, "").status()).isEqualTo(404);
      ask("POST", "/keys/k/create", "{\"kty\":\"EC\"}");
    }

    @Test
    void rotatesByPolicy() {
      JsonNode first = ask("POST", "/keys/k/create", "{\"kty\":\"EC\"}");
      ask(
          "PUT",
          "/keys/k/rotationpolicy",
          "{\"lifetimeActions\":[{\"trigger\":{\"timeAfterCreate\":\"P30D\"},"
              + "\"action\":{\"type\":\"Rotate\"}}],\"attributes\":{\"expiryTime\":\"P60D\"}}");

      clock("{\"advance\":" + 30 * DAY + "}");

      JsonNode second = ask("GET", "/keys/k", "");
      assertThat(second.at("/key/kid")).isNotEqualTo(first.at("/key/kid"));
      assertThat(ask("GET", "/keys/k/versions", "").get("value")).hasSize(2);
      assertThat(second.at("/attributes/exp").asLong() - second.at("/attributes/created").asLong())
          .isEqualTo(60 * DAY);
    }
  }

  @Nested
  @DisplayName("reset")
  class Reset {

    @Test
    void removesAllKeysAndKeepsTokens() {
      for (String name : new String[] {"a", "b"}) {
        assertThat(
                wire.as(token, "POST", "/keys/" + name + "/create" + VERSION, "{\"kty\":\"EC\"}")
                    .status())
            .isEqualTo(200);
      }
      assertThat(wire.as(token, "DELETE", "/keys/b" + VERSION, "").status()).isEqualTo(200);
      clock("{\"freeze\":" + YEARS_AHEAD + "}");

      Wire.Answer answer = wire.send("POST", RESET, ON_PURPOSE, "");

      assertThat(answer.status()).isEqualTo(204);
      assertThat(answer.body()).isEmpty();
      assertThat(wire.as(token, "GET", "/keys" + VERSION, "").json().get("value")).isEmpty();
      assertThat(wire.as(token, "GET", "/keys/a" + VERSION, "").status()).isEqualTo(404);
      assertThat(wire.as(token, "GET", "/deletedkeys" + VERSION, "").json().get("value")).isEmpty();
      JsonNode clock = wire.send("GET", CLOCK, "", "").json();
      assertThat(clock.get("frozen").asBoolean()).isFalse();
      assertThat(clock.get("offset").asLong()).isZero();
    }
  }

  @Nested
  @DisplayName("without its header")
  class WithoutItsHeader {

    @Test
    void canBeReadOnly() {
      assertThat(wire.send("GET", CLOCK, "", "").status()).isEqualTo(200);
      assertThat(wire.send("PUT", CLOCK, "", "{\"advance\":5}").status()).isEqualTo(403);
      assertThat(wire.send("POST", RESET, "", "").status()).isEqualTo(403);
      assertThat(wire.send("GET", CLOCK, "", "").json().get("offset").asLong()).isZero();
    }
  }

  @Nested
  @DisplayName("switched off")
  class SwitchedOff {

    @BeforeEach
    void restart() {
      stop();
      start(TestHsm.config(folder).withLab(new ServerConfig.Lab(false)));
    }

    @Test
    void hasHealthAndNothingElse() {
      assertThat(wire.send("GET", "/_localhsm/health/live", "", "").status()).isEqualTo(200);
      assertThat(wire.send("GET", "/_localhsm/health/ready", "", "").status()).isEqualTo(200);
      assertThat(wire.send("GET", CLOCK, "", "").status()).isEqualTo(404);
      assertThat(wire.send("PUT", CLOCK, ON_PURPOSE, "{\"advance\":5}").status()).isEqualTo(404);
      assertThat(wire.send("PUT", CLOCK, "", "{\"advance\":5}").status()).isEqualTo(404);
      assertThat(wire.send("POST", RESET, ON_PURPOSE, "").status()).isEqualTo(404);
      assertThat(wire.send("GET", "/_localhsm/openapi.json", "", "").status()).isEqualTo(404);
    }
  }
}
