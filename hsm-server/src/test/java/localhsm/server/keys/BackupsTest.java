package localhsm.server.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import localhsm.problem.Problem;
import localhsm.server.http.Verb;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients see of backups of single keys. */
class BackupsTest {
  private final KeysApi api = new KeysApi();

  private static String restore(String blob) {
    return "{\"value\":\"" + blob + "\"}";
  }

  @Test
  void bringTheWholeKeyBack() {
    api.ec("a");
    api.post("/keys/a/create", "{\"kty\":\"EC\",\"tags\":{\"a\":\"b\"}}");
    String versions = api.get("/keys/a/versions");
    String answer = api.post("/keys/A/backup", "");
    String blob = SignHandlerTest.valueOf(answer);
    assertThat(answer).isEqualTo(restore(blob));

    assertThat(api.refusalOfPost("/keys/restore", restore(blob)).kind())
        .isEqualTo(Problem.Kind.CONFLICT);
    api.delete("/keys/a");
    assertThat(api.refusalOfPost("/keys/restore", restore(blob)).kind())
        .isEqualTo(Problem.Kind.CONFLICT);
    api.send(Verb.DELETE, "/deletedkeys/a", "");
    assertThat(api.post("/keys//restore", restore(blob))).isEqualTo(api.get("/keys/a"));
    assertThat(api.get("/keys/a/versions")).isEqualTo(versions);
  }

  @Test
  void areOfKeysThatExist() {
    assertThat(api.refusalOfPost("/keys/a/backup", "").code()).isEqualTo("KeyNotFound");
  }

  @Test
  void leaveThePathOfAKeyThatIsCalledRestore() {
    api.ec("restore");
    assertThat(api.post("/keys/restore/backup", "{")).startsWith("{\"value\":\"");
    assertThat(api.get("/keys/restore")).contains("/keys/restore/");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "AAAA", "!", "\\u00e4", "eyJhbGciOiJkaXIifQ"})
  void areRefusedWhenTheyAreNone(String blob) {
    Problem no = api.refusalOfPost("/keys/restore", restore(blob));
    assertThat(no.code()).isEqualTo("MalformedBackupBlob");
    assertThat(no.kind()).isEqualTo(Problem.Kind.BAD_PARAMETER);
  }

  @Test
  void areTextAndNothingElse() {
    for (String body : List.of("", "{}", "{\"value\":7}", "{\"value\":null}", "{\"value\":[]}")) {
      assertThat(api.refusalOfPost("/keys/restore", body).code()).isEqualTo("BadParameter");
    }
  }
}
