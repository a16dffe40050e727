package localhsm.server.keys;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Function;
import localhsm.keys.KeyPage;
import localhsm.problem.ProblemException;
import localhsm.problem.Problems;
import localhsm.server.http.Query;
import localhsm.server.json.JsonObject;
import localhsm.server.pipeline.ApiVersion;
import localhsm.server.pipeline.Exchange;

/**
 * The part of a list that a request asks for. The token is a position and stays valid while keys
 * come and go.
 *
 * @param after position after which the part begins
 * @param limit items at most, 1 to 25
 */
record Paging(long after, int limit) {
  private static final int MAX = 25;
  private static final String MAX_RESULTS = "maxresults";
  private static final String TOKEN = "$skiptoken";

  static Paging of(Exchange exchange) {
    Query query = exchange.routed().query();
    int limit = query.value(MAX_RESULTS).map(Paging::limit).orElse(MAX);
    long after = query.value(TOKEN).map(Paging::position).orElse(0L);
    return new Paging(after, limit);
  }

  /**
   * The answer to a list, with the absolute link to its next part unless this is the last.
   *
   * @param path the path of the list
   */
  <T> JsonObject answer(
      Exchange exchange, String path, KeyPage<T> page, Function<T, JsonObject> item) {
    JsonObject answer =
        new JsonObject().putObjects("value", page.items().stream().map(item).toList());
    String version = exchange.routed().version().map(ApiVersion::wireName).orElseThrow();
    String list = exchange.site().base() + path + "?api-version=" + version;
    page.next()
        .ifPresent(
            position ->
                answer.put(
                    "nextLink", list + "&$skiptoken=" + token(position) + "&maxresults=" + limit));
    return answer;
  }

  private static int limit(String text) {
    if (!text.matches("[0-9]{1,2}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MAX) {
      throw Problems.badParameter("maxresults must be 1 to " + MAX + ".");
    }
    return Integer.parseInt(text);
  }

  private static String token(long position) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Long.toString(position).getBytes(StandardCharsets.US_ASCII));
  }

  private static long position(String token) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.US_ASCII);
      if (!text.matches("[0-9]{1,18}")) {
        throw invalidToken();
      }
      return Long.parseLong(text);
    } catch (IllegalArgumentException e) {
      throw invalidToken();
    }
  }

  private static ProblemException invalidToken() {
    return Problems.badParameter("The $skiptoken is not valid.");
  }
}
