package localhsm.server.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import localhsm.keys.FoundKey;
import org.junit.jupiter.api.Test;

class ListKeyVersionsHandlerTest {
  private final KeysApi api = new KeysApi();

  @Test
  void hasNoneForAnUnknownName() {
    assertThat(api.get("/keys/nobody/versions")).isEqualTo("{\"value\":[]}");
  }

  @Test
  void answersFullIdsInTheStoredSpelling() {
    FoundKey first = api.ec("One");
    FoundKey second = api.ec("one");
    assertThat(api.get("/keys/ONE/versions"))
        .isEqualTo(
            "{\"value\":[{"
                + KeysApi.ATTRIBUTES
                + ",\"kid\":\""
                + KeysApi.kid(first)
                + "\"},{"
                + KeysApi.ATTRIBUTES
                + ",\"kid\":\""
                + KeysApi.kid(second)
                + "\"}]}");
    assertThat(KeysApi.kid(second)).contains("/keys/One/");
  }

  @Test
  void linksFromPartToPart() {
    List<String> made = IntStream.range(0, 5).mapToObj(i -> KeysApi.kid(api.ec("a"))).toList();
    String first = api.get("/keys/a/versions?maxresults=3");
    String link = ListKeysHandlerTest.nextLink(first);
    assertThat(link).startsWith(KeysApi.BASE + "/keys/a/versions?api-version=7.5&$skiptoken=");
    String second = api.get(link.substring(KeysApi.BASE.length()));
    assertThat(ListKeysHandlerTest.kids(first)).isEqualTo(made.subList(0, 3));
    assertThat(ListKeysHandlerTest.kids(second)).isEqualTo(made.subList(3, 5));
    assertThat(ListKeysHandlerTest.nextLink(second)).isEmpty();
  }
}
