package localhsm.server.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import localhsm.problem.Problem;
import localhsm.server.http.Verb;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients see of rotation. */
class RotationTest {
  private static final String PATH = "/keys/a/rotationpolicy";
  private static final String ID = "\"id\":\"" + KeysApi.BASE + PATH + "\"";
  private static final String BLANK = "{\"attributes\":{}," + ID + ",\"lifetimeActions\":[]}";
  private static final String POLICY =
      "{\"lifetimeActions\":[{\"trigger\":{\"timeAfterCreate\":\"P90D\",\"timeBeforeExpiry\":null},"
          + "\"action\":{\"type\":\"rotate\"}}],\"attributes\":{\"expiryTime\":\"P1Y10D\"}}";

  private final KeysApi api = new KeysApi();

  @Nested
  class ThePolicy {
    @Test
    void isBlankAtFirst() {
      api.ec("a");
      assertThat(api.get(PATH)).isEqualTo(BLANK);
    }

    @Test
    void isAnsweredAsItWasSet() {
      api.ec("a");
      String set = api.put(PATH, POLICY);
      assertThat(set)
          .isEqualTo(
              "{\"attributes\":{\"created\":1800000000,\"expiryTime\":\"P1Y10D\","
                  + "\"updated\":1800000000},"
                  + ID
                  + ",\"lifetimeActions\":[{\"action\":{\"type\":\"Rotate\"},"
                  + "\"trigger\":{\"timeAfterCreate\":\"P90D\"}}]}");
      api.clock.set(Instant.ofEpochSecond(KeysApi.NOW + 5));
      assertThat(api.get("/keys/A/RotationPolicy/")).isEqualTo(set.replace("/keys/a/", "/keys/A/"));
      assertThat(api.put(PATH, POLICY))
          .contains("\"created\":1800000000,")
          .contains("\"updated\":1800000005}");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "{}",
          "{\"lifetimeActions\":[],\"attributes\":{}}",
          "{\"lifetimeActions\":null,\"attributes\":{\"expiryTime\":null}}"
        })
    void isTakenAwayByABlankOne(String blank) {
      api.ec("a");
      api.put(PATH, POLICY);
      assertThat(api.put(PATH, blank)).isEqualTo(BLANK);
      assertThat(api.get(PATH)).isEqualTo(BLANK);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "[]",
          "{'lifetimeActions':{}}",
          "{'lifetimeActions':[1]}",
          "{'lifetimeActions':[{}]}",
          "{'lifetimeActions':[{'action':{'type':'Rotate'}}]}",
          "{'lifetimeActions':[{'action':{'type':'Rotate'},'trigger':{}}]}",
          "{'lifetimeActions':[{'action':{'type':'Notify'},'trigger':{'timeBeforeExpiry':'P30D'}}]}",
          "{'lifetimeActions':[{'action':{'type':7},'trigger':{'timeAfterCreate':'P30D'}}]}",
          "{'lifetimeActions':[{'action':'Rotate','trigger':{'timeAfterCreate':'P30D'}}]}",
          "{'lifetimeActions':[{'trigger':{'timeAfterCreate':'P30D'}}]}",
          "{'lifetimeActions':[{'action':{'type':'Rotate'},'trigger':{'timeAfterCreate':'30'}}]}",
          "{'lifetimeActions':[{'action':{'type':'Rotate'},'trigger':{'timeAfterCreate':30}}]}",
          "{'lifetimeActions':[{'action':{'type':'Rotate'},'trigger':{'timeAfterCreate':'P27D'}}]}",
          "{'lifetimeActions':[{'action':{'type':'Rotate'},"
              + "'trigger':{'timeAfterCreate':'P30D','timeBeforeExpiry':'P30D'}}]}",
          "{'attributes':{'expiryTime':'P27D'}}",
          "{'attributes':{'expiryTime':7}}",
          "{'attributes':[]}"
        })
    void isRefusedWhenItIsNone(String json) {
      api.ec("a");
      String set = api.put(PATH, POLICY);
      assertThat(api.refusal(Verb.PUT, PATH, json.replace('\'', '"')).kind())
          .isEqualTo(Problem.Kind.BAD_PARAMETER);
      assertThat(api.get(PATH)).isEqualTo(set);
    }

    @Test
    void belongsToAKey() {
      assertThat(api.refusalOfGet(PATH).code()).isEqualTo("KeyNotFound");
      assertThat(api.refusal(Verb.PUT, PATH, POLICY).code()).isEqualTo("KeyNotFound");
    }
  }

  @Nested
  class Rotating {
    @Test
    void makesANewVersionOfTheSameKind() {
      String first = api.post("/keys/a/create", "{\"kty\":\"EC\",\"crv\":\"P-384\"}");
      api.put(PATH, POLICY);
      String second = api.post("/keys/a//rotate/", "");
      assertThat(second).contains("\"crv\":\"P-384\"").contains("\"exp\":").isNotEqualTo(first);
      assertThat(api.get("/keys/a")).isEqualTo(second);
      assertThat(ListKeysHandlerTest.kids(api.get("/keys/a/versions"))).hasSize(2);
    }

    @Test
    void ignoresWhateverBodyComes() {
      api.ec("a");
      api.put(PATH, POLICY);
      for (String body : List.of("{}", "null", "{", "\u0000")) {
        assertThat(api.post("/keys/a/rotate", body)).contains("\"kid\"");
      }
    }

    @Test
    void needsAPolicy() {
      api.ec("a");
      assertThat(api.refusalOfPost("/keys/a/rotate", "").kind())
          .isEqualTo(Problem.Kind.BAD_PARAMETER);
      assertThat(api.refusalOfPost("/keys/b/rotate", "").code()).isEqualTo("KeyNotFound");
    }
  }
}
