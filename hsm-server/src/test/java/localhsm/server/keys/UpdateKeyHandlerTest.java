package localhsm.server.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import localhsm.keys.FoundKey;
import localhsm.problem.Problem;
import localhsm.server.http.Verb;
import org.junit.jupiter.api.Test;

class UpdateKeyHandlerTest {
  private final KeysApi api = new KeysApi();

  @Test
  void changesWhatIsGivenAndAnswersTheWholeKey() {
    api.post(
        "/keys/a/create",
        "{\"kty\":\"EC\",\"attributes\":{\"nbf\":1},\"tags\":{\"a\":\"b\",\"c\":\"d\"}}");
    api.clock.set(Instant.ofEpochSecond(KeysApi.NOW + 7));
    String json =
        api.patch(
            "/keys/A/",
            "{\"key_ops\":[\"verify\"],\"tags\":{\"e\":\"f\"},"
                + "\"attributes\":{\"enabled\":false,\"exp\":2,\"exportable\":false}}");
    assertThat(json)
        .startsWith(
            "{\"attributes\":{\"created\":1800000000,\"enabled\":false,\"exp\":2,"
                + "\"exportable\":false,\"nbf\":1,\"recoverableDays\":90,"
                + "\"recoveryLevel\":\"Recoverable+Purgeable\",\"updated\":1800000007},"
                + "\"key\":{\"crv\":\"P-256\",\"key_ops\":[\"verify\"],")
        .endsWith("\"tags\":{\"e\":\"f\"}}");
    assertThat(api.get("/keys/a")).isEqualTo(json);
    assertThat(api.patch("/keys/a", "{\"tags\":{}}"))
        .doesNotContain("tags")
        .contains("\"enabled\":false")
        .contains("\"key_ops\":[\"verify\"]");
  }

  @Test
  void changesTheNamedVersionOnly() {
    FoundKey first = api.ec("a");
    FoundKey second = api.ec("a");
    String path = "/keys/a/" + first.version().version();
    assertThat(api.patch(path, "{\"attributes\":{\"enabled\":false}}"))
        .contains(KeysApi.kid(first))
        .contains("\"enabled\":false");
    assertThat(api.get("/keys/a")).contains(KeysApi.kid(second)).contains("\"enabled\":true");
  }

  @Test
  void refusesWhatIsNoChange() {
    String before = api.post("/keys/a/create", "{\"kty\":\"EC\"}");
    for (String wrong :
        List.of(
            "",
            "[]",
            "{\"key_ops\":[\"fly\"]}",
            "{\"key_ops\":[\"import\",\"sign\"]}",
            "{\"attributes\":{\"enabled\":1}}",
            "{\"attributes\":{\"exp\":-1}}",
            "{\"attributes\":{\"external_key\":{\"id\":\"a\"}}}",
            "{\"tags\":{\"a\":1}}",
            "{\"release_policy\":{\"data\":\"AAAA\"}}")) {
      assertThat(api.refusal(Verb.PATCH, "/keys/a", wrong).kind())
          .as(wrong)
          .isEqualTo(Problem.Kind.BAD_PARAMETER);
    }
    assertThat(api.get("/keys/a")).isEqualTo(before);
    assertThat(api.refusal(Verb.PATCH, "/keys/b", "{}").code()).isEqualTo("KeyNotFound");
  }
}
