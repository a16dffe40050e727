package localhsm.server.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import localhsm.problem.Problem;
import localhsm.problem.ProblemException;
import localhsm.rbac.DataAction;
import localhsm.server.http.Response;
import localhsm.server.http.TestRequests;
import localhsm.server.http.Verb;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouterTest {
  private static final String V = "?api-version=7.5";

  private final Router router =
      new Router(
          List.of(
              route(Verb.GET, "/keys/{key-name}/{key-version}", "GetVersion"),
              route(Verb.GET, "/keys/{key-name}", "Get"),
              route(Verb.PUT, "/keys/{key-name}", "Import"),
              route(Verb.POST, "/keys/restore", "Restore"),
              route(Verb.PUT, "/keys/{key-name}/restore", "RestoreOne"),
              route(Verb.PATCH, "/keys/{key-name}/{key-version}", "UpdateVersion"),
              route(Verb.GET, "/keys", "List"),
              route(Verb.GET, "/keys/{key-name}/versions", "ListVersions"),
              route(Verb.POST, "/keys/{key-name}/create", "Create"),
              route(Verb.POST, "/keys/{key-name}/sign", "Sign"),
              route(Verb.POST, "/keys/{key-name}/{key-version}/sign", "SignVersion"),
              route(Verb.POST, "/keys/{key-name}/{key-version}/wrapkey", "WrapVersion"),
              route(Verb.POST, "/rng", ApiVersion.V7_3, "Random"),
              new Route(
                  Verb.GET,
                  "/health",
                  Access.ANONYMOUS,
                  ScopeRule.ROOT,
                  "Health",
                  Optional.empty(),
                  exchange -> CompletableFuture.completedStage(Response.of(200, "")))));

  private static Route route(Verb verb, String path, String name) {
    return route(verb, path, ApiVersion.V7_0, name);
  }

  private static Route route(Verb verb, String path, ApiVersion since, String name) {
    return new Route(
        verb,
        path,
        Access.to(DataAction.KEYS_READ),
        ScopeRule.ROOT,
        name,
        Optional.of(since),
        exchange -> CompletableFuture.completedStage(Response.of(200, "")));
  }

  private Match match(Verb verb, String target) {
    return router
        .check(Exchange.of(TestRequests.of(verb, target, ""), TestRequests.SITE))
        .toCompletableFuture()
        .join()
        .routed();
  }

  private Problem refusal(Verb verb, String target) {
    return catchThrowableOfType(ProblemException.class, () -> match(verb, target)).problem();
  }

  @Nested
  class APath {
    @ParameterizedTest
    @CsvSource({
      "GET, /keys, List, ''",
      "GET, /keys/, List, ''",
      "GET, //keys//, List, ''",
      "GET, /KEYS, List, ''",
      "GET, /k%65ys, List, ''",
      "GET, /keys/a, Get, a",
      "GET, /keys/a/, Get, a",
      "GET, /keys//a, Get, a",
      "GET, /keys/%41%2Db, Get, A-b",
      "PUT, /keys/a, Import, a",
      "GET, /keys/a/0f, GetVersion, a",
      "GET, /keys/a//0f/, GetVersion, a",
      "GET, /keys/a/0123456789abcdef0123456789ABCDEF, GetVersion, a",
      "GET, /keys/a/versions, ListVersions, a",
      "GET, /keys/a/Versions/, ListVersions, a",
      "POST, /keys/a/create, Create, a",
      "POST, /keys/a//sign, Sign, a",
      "POST, /keys/a/0f/sign, SignVersion, a",
      "POST, /keys/a/0f/wrapKey, WrapVersion, a",
      "POST, /keys/restore, Restore, ''",
      "POST, /keys//restore, Restore, ''",
      // Keys may be called what paths say elsewhere.
      "GET, /keys/restore, Get, restore",
      "GET, /keys/versions, Get, versions",
      "GET, /keys//versions, Get, versions",
      "GET, /keys/versions/versions, ListVersions, versions",
      "GET, /keys/versions/0f, GetVersion, versions",
      "PUT, /keys/restore, Import, restore",
      "PUT, /keys/restore/restore, RestoreOne, restore",
      "POST, /keys/create/create, Create, create",
      "POST, /keys/sign/sign, Sign, sign",
      "POST, /keys/sign/sign/sign, SignVersion, sign"
    })
    void leadsToItsRoute(Verb verb, String path, String operation, String key) {
      Match match = match(verb, path + V);
      assertThat(match.route().operationName()).isEqualTo(operation);
      assertThat(match.parameters().getOrDefault(Match.KEY_NAME, "")).isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "/",
          "//",
          "/key",
          "/keysx",
          "/keys/a/b/c",
          "/keys/a/b/sign/c",
          "/secrets",
          "/certificates/a",
          "/keys%2Fa",
          "/ekm",
          "/\u212Aeys",
          "/%e2%84%aaeys",
          "/key\u017f",
          "/./keys",
          "/keys/../keys/a/b"
        })
    void leadsNowhereElse(String path) {
      assertThat(refusal(Verb.GET, path + V).kind()).isEqualTo(Problem.Kind.NOT_FOUND);
    }

    @Test
    void keepsAnEncodedSlashInsideItsSegment() {
      Match match = match(Verb.GET, "/keys/a%2Fsign" + V);
      assertThat(match.parameter(Match.KEY_NAME)).isEqualTo("a/sign");
      assertThat(catchThrowableOfType(ProblemException.class, match::keyId).problem().code())
          .isEqualTo("Invalidkeyidentifier");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "/keys/%",
          "/keys/%4",
          "/keys/%4g",
          "/keys/%g4",
          "/keys/%-1",
          "/keys/%ff",
          "/keys/%c0%af",
          "/keys/%ed%a0%80",
          "/keys/%41\u00e4",
          "/keys/%\uff14\uff11"
        })
    void isRefusedWithABadEscape(String path) {
      assertThat(refusal(Verb.GET, path + V).code()).isEqualTo("BadParameter");
    }
  }

  @Nested
  class AVerb {
    @ParameterizedTest
    @CsvSource({
      "DELETE, /keys, GET",
      "OTHER, /keys, GET",
      "POST, /keys/a, 'GET, PUT'",
      "GET, /rng, POST",
      "PATCH, /keys/a/b/sign, POST",
      "GET, /keys/a/b/sign, POST",
      // A word of other verbs is no version.
      "GET, /keys/a/create, POST",
      "GET, /keys/a/Create/, POST",
      "PATCH, /keys/a/versions, GET",
      "GET, /keys/a/restore, PUT",
      "DELETE, /keys/a/create, POST",
      "DELETE, /keys/a/nothing, 'GET, PATCH'",
      "DELETE, /keys/a/0123456789abcdef0123456789abcdef, 'GET, PATCH'"
    })
    void thatThePathDoesNotTakeIsRefusedWithThoseItTakes(Verb verb, String path, String allowed) {
      assertThat(refusal(verb, path + V))
          .isInstanceOfSatisfying(
              Problem.VerbNotAllowed.class,
              no -> assertThat(String.join(", ", no.allowed())).isEqualTo(allowed));
    }

    @Test
    void isLookedAtBeforeTheApiVersion() {
      assertThat(refusal(Verb.DELETE, "/keys").kind()).isEqualTo(Problem.Kind.VERB_NOT_ALLOWED);
      assertThat(refusal(Verb.GET, "/nothing").kind()).isEqualTo(Problem.Kind.NOT_FOUND);
    }
  }

  @Nested
  class TheApiVersion {
    @ParameterizedTest
    @EnumSource
    void isTakenWhenKnown(ApiVersion version) {
      assertThat(match(Verb.GET, "/keys?api-version=" + version.wireName()).version())
          .contains(version);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "api%2Dversion=7.5",
          "api-version=7%2E5",
          "maxresults=1&api-version=7.5",
          "&&api-version=7.5&",
          "api-version=7.5&x=%26api-version%3D7.4"
        })
    void isFoundHoweverItIsWritten(String query) {
      assertThat(match(Verb.GET, "/keys?" + query).version()).contains(ApiVersion.V7_5);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "?",
          "?api-version",
          "?api-version=",
          "?api-version=7",
          "?api-version=7.50",
          "?api-version=7.5+",
          "?api-version=latest",
          "?api-version=2016-10-01",
          "?api-version=%",
          "?api-version=7.5&api-version=7.5",
          "?api-version=7.5&api%2Dversion=7.6",
          "?Api_version=7.5",
          "?x=api-version%3D7.5"
        })
    void isRefusedWhenMissingUnknownOrGivenTwice(String query) {
      assertThat(refusal(Verb.GET, "/keys" + query).code()).isEqualTo("BadParameter");
    }

    @Test
    void mustBeAsNewAsTheOperation() {
      assertThat(refusal(Verb.POST, "/rng?api-version=7.2").code()).isEqualTo("BadParameter");
      assertThat(refusal(Verb.POST, "/rng?api-version=7.2-preview").code())
          .isEqualTo("BadParameter");
      assertThat(match(Verb.POST, "/rng?api-version=7.3").version()).contains(ApiVersion.V7_3);
    }

    @Test
    void mayBeAPreviewOfWhatTheOperationNeeds() {
      assertThat(match(Verb.POST, "/rng?api-version=7.3-preview").version())
          .contains(ApiVersion.V7_3_PREVIEW);
      assertThat(ApiVersion.V7_6_PREVIEW_1.atLeast(ApiVersion.V7_6)).isTrue();
      assertThat(ApiVersion.V2026_03_01_PREVIEW.atLeast(ApiVersion.V7_6)).isTrue();
      assertThat(ApiVersion.V2026_03_01_PREVIEW.atLeast(ApiVersion.V2026_04_01)).isFalse();
      assertThat(ApiVersion.V2026_05_01_PREVIEW.atLeast(ApiVersion.V2026_04_01)).isTrue();
      assertThat(ApiVersion.V7_5.atLeast(ApiVersion.V7_6)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"$skiptoken=abc", "%24skiptoken=abc", "maxresults=5&$skiptoken=abc"})
    void mayBeMissingInALinkToAFurtherPart(String query) {
      Match match = match(Verb.GET, "/keys?" + query);
      assertThat(match.version()).contains(ApiVersion.LATEST_STABLE);
      assertThat(match.query().value("$skiptoken")).contains("abc");
    }

    @Test
    void ofALinkIsStillCheckedWhenGiven() {
      assertThat(refusal(Verb.GET, "/keys?$skiptoken=abc&api-version=1").code())
          .isEqualTo("BadParameter");
    }

    @Test
    void isNotAskedOfRoutesWithoutOne() {
      assertThat(match(Verb.GET, "/health").version()).isEmpty();
    }
  }

  @Test
  void knowsPathsWhateverTheVerb() {
    assertThat(router.knows(TestRequests.get("/RNG?x"))).isTrue();
    assertThat(router.knows(TestRequests.get("/rngs"))).isFalse();
  }

  @Test
  void decodesAPlusInTheQueryOnly() {
    assertThat(match(Verb.GET, "/keys?api-version=7.5&x=a+b%2B").query().value("x"))
        .contains("a b+");
    assertThat(match(Verb.GET, "/keys/a+b" + V).parameter(Match.KEY_NAME)).isEqualTo("a+b");
  }
}
