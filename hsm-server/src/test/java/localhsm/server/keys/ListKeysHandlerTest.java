package localhsm.server.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import localhsm.problem.Problem;
import localhsm.server.http.TestRequests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListKeysHandlerTest {
  private static final Pattern NEXT = Pattern.compile("\\{\"nextLink\":\"([^\"]*)\",\"value\"");
  private static final Pattern KID = Pattern.compile("\"kid\":\"([^\"]*)\"");

  private final KeysApi api = new KeysApi();

  static List<String> kids(String json) {
    return KID.matcher(json).results().map(found -> found.group(1)).toList();
  }

  static String nextLink(String json) {
    Matcher matcher = NEXT.matcher(json);
    return matcher.lookingAt() ? matcher.group(1) : "";
  }

  private String follow(String link) {
    assertThat(link).startsWith(KeysApi.BASE + "/");
    return api.get(link.substring(KeysApi.BASE.length()));
  }

  private void create(int count) {
    for (int i = 0; i < count; i++) {
      api.ec("key-" + i);
    }
  }

  @Test
  void isEmptyAtFirst() {
    assertThat(api.get("/keys")).isEqualTo("{\"value\":[]}");
  }

  @Test
  void answersKeysWithoutVersions() {
    api.ec("One");
    api.ec("One");
    api.post("/keys/two/create", "{\"kty\":\"EC\",\"tags\":{\"a\":\"b\"}}");
    assertThat(api.get("/keys/"))
        .isEqualTo(
            "{\"value\":[{"
                + KeysApi.ATTRIBUTES
                + ",\"kid\":\""
                + KeysApi.BASE
                + "/keys/One\"},{"
                + KeysApi.ATTRIBUTES
                + ",\"kid\":\""
                + KeysApi.BASE
                + "/keys/two\",\"tags\":{\"a\":\"b\"}}]}");
  }

  @Test
  void answersTwentyFiveUnlessAskedForFewer() {
    create(26);
    String first = api.get("/keys");
    assertThat(kids(first)).hasSize(25);
    assertThat(kids(follow(nextLink(first)))).containsExactly(KeysApi.BASE + "/keys/key-25");
    assertThat(kids(api.get("/keys?maxresults=1"))).hasSize(1);
    assertThat(kids(api.get("/keys?maxresults=25"))).hasSize(25);
  }

  @Test
  void linksFromPartToPart() {
    create(5);
    List<String> kids = new ArrayList<>();
    String part = api.get("/keys?maxresults=2");
    assertThat(nextLink(part))
        .matches(
            Pattern.quote(KeysApi.BASE)
                + "/keys\\?api-version=7\\.5&\\$skiptoken=[A-Za-z0-9_-]+&maxresults=2");
    while (true) {
      kids.addAll(kids(part));
      if (nextLink(part).isEmpty()) {
        break;
      }
      part = follow(nextLink(part));
    }
    assertThat(kids)
        .hasSize(5)
        .isSorted()
        .doesNotHaveDuplicates()
        .allMatch(kid -> kid.startsWith(KeysApi.BASE + "/keys/key-"));
  }

  @Test
  void followsLinksAsClientsChangeThem() {
    create(3);
    String link = nextLink(api.get("/keys?maxresults=2"));
    String expected = follow(link);
    assertThat(follow(link.replace("$", "%24"))).isEqualTo(expected);
    assertThat(follow(link.replace("api-version=7.5&", ""))).isEqualTo(expected);
    assertThat(follow(link.replace("7.5", "7.4"))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "maxresults=",
        "maxresults=0",
        "maxresults=-1",
        "maxresults=26",
        "maxresults=100",
        "maxresults=2147483648",
        "maxresults=1.0",
        "maxresults=five",
        "maxresults=%20",
        "maxresults=1&maxresults=2",
        "$skiptoken=",
        "$skiptoken=!",
        "$skiptoken=abc",
        "$skiptoken=LTE",
        "$skiptoken=MTIzNDU2Nzg5MDEyMzQ1Njc4OQ",
        "$skiptoken=MQ&%24skiptoken=MQ",
        "$skiptoken=%C3%A4"
      })
  void refusesWhatIsNoPart(String query) {
    assertThat(api.refusal(TestRequests.get("/keys?api-version=7.5&" + query)).kind())
        .isEqualTo(Problem.Kind.BAD_PARAMETER);
  }

  @Test
  void isEmptyBehindItsEnd() {
    create(1);
    // 999999999999999999, the largest position that is read
    assertThat(api.get("/keys?$skiptoken=OTk5OTk5OTk5OTk5OTk5OTk5")).isEqualTo("{\"value\":[]}");
  }
}
