package localhsm.server.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import localhsm.problem.Problem;
import localhsm.server.http.Response;
import localhsm.server.http.TestRequests;
import localhsm.server.http.Verb;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What clients see of keys that are deleted. */
class DeletedKeysTest {
  private static final String DELETION =
      "\"deletedDate\":1800000000,%s\"recoveryId\":\""
          + KeysApi.BASE
          + "/deletedkeys/My-Key\",\"scheduledPurgeDate\":1807776000";

  private final KeysApi api = new KeysApi();

  private static Problem notFound(String path) {
    return new Problem.NotFound("KeyNotFound", "Key not found: ", Optional.of(path));
  }

  private String create() {
    return api.post("/keys/My-Key/create", "{\"kty\":\"EC\",\"tags\":{\"a\":\"b\"}}");
  }

  @Nested
  class DeletingAKey {
    @Test
    void answersItWithTheTimesOfItsDeletion() {
      String bundle = create();
      String key = bundle.substring(bundle.indexOf("\"key\""), bundle.indexOf(",\"tags\""));
      String deleted = api.delete("/keys/my-key");
      assertThat(deleted)
          .isEqualTo(
              "{"
                  + KeysApi.ATTRIBUTES
                  + ","
                  + DELETION.formatted(key + ",")
                  + ",\"tags\":{\"a\":\"b\"}}");
      assertThat(api.get("/deletedkeys/MY-KEY/")).isEqualTo(deleted);
      assertThat(api.refusalOfGet("/keys/my-key")).isEqualTo(notFound("/keys/my-key"));
    }

    @Test
    void needsOne() {
      assertThat(api.refusal(Verb.DELETE, "/keys/Nobody", "")).isEqualTo(notFound("/keys/Nobody"));
    }
  }

  @Nested
  class TheListOfDeletedKeys {
    @Test
    void isEmptyAtFirst() {
      create();
      assertThat(api.get("/deletedkeys")).isEqualTo("{\"value\":[]}");
    }

    @Test
    void answersThemWithoutTheirKeys() {
      create();
      api.delete("/keys/My-Key");
      assertThat(api.get("/deletedKeys"))
          .isEqualTo(
              "{\"value\":[{"
                  + KeysApi.ATTRIBUTES
                  + ","
                  + DELETION.formatted("\"kid\":\"" + KeysApi.BASE + "/keys/My-Key\",")
                  + ",\"tags\":{\"a\":\"b\"}}]}");
      assertThat(api.get("/keys")).isEqualTo("{\"value\":[]}");
    }

    @Test
    void linksFromPartToPart() {
      for (String name : new String[] {"a", "b", "c"}) {
        api.ec(name);
        api.delete("/keys/" + name);
      }
      String first = api.get("/deletedkeys?maxresults=2");
      String link = ListKeysHandlerTest.nextLink(first);
      assertThat(link).startsWith(KeysApi.BASE + "/deletedkeys?api-version=7.5&$skiptoken=");
      String second = api.get(link.substring(KeysApi.BASE.length()));
      assertThat(ListKeysHandlerTest.kids(first)).hasSize(2);
      assertThat(ListKeysHandlerTest.kids(second)).containsExactly(KeysApi.BASE + "/keys/c");
      assertThat(ListKeysHandlerTest.nextLink(second)).isEmpty();
    }
  }

  @Nested
  class ADeletedKey {
    @Test
    void isFoundUnderItsNameOnly() {
      create();
      assertThat(api.refusalOfGet("/deletedkeys/my-key"))
          .isEqualTo(notFound("/deletedkeys/my-key"));
      assertThat(api.refusal(Verb.POST, "/deletedkeys/my-key/recover", ""))
          .isEqualTo(notFound("/deletedkeys/my-key"));
      assertThat(api.refusal(Verb.DELETE, "/deletedkeys/my-key", ""))
          .isEqualTo(notFound("/deletedkeys/my-key"));
      assertThat(api.refusalOfGet("/deletedkeys/a_b").code()).isEqualTo("Invalidkeyidentifier");
    }

    @Test
    void isWhatItWasWhenRecovered() {
      String bundle = create();
      api.delete("/keys/my-key");
      assertThat(api.post("/deletedkeys/my-key/Recover", "")).isEqualTo(bundle);
      assertThat(api.get("/keys/my-key")).isEqualTo(bundle);
      assertThat(api.get("/deletedkeys")).isEqualTo("{\"value\":[]}");
    }

    @Test
    void isGoneWhenPurged() {
      create();
      api.delete("/keys/my-key");
      Response answer =
          api.call(TestRequests.of(Verb.DELETE, "/deletedkeys/my-key" + KeysApi.V, ""));
      assertThat(answer.status()).isEqualTo(204);
      assertThat(answer.body()).isEmpty();
      assertThat(api.refusalOfGet("/deletedkeys/my-key").code()).isEqualTo("KeyNotFound");
      create();
    }

    @Test
    void keepsItsName() {
      create();
      api.delete("/keys/my-key");
      Problem no = api.refusalOfPost("/keys/My-Key/create", "{\"kty\":\"EC\"}");
      assertThat(no.kind()).isEqualTo(Problem.Kind.CONFLICT);
      assertThat(no.code()).isEqualTo("Conflict");
      assertThat(no.innerCode()).contains("ObjectIsDeletedButRecoverable");
    }
  }
}
