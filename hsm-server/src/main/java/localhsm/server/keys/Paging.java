package localhsm.server.keys;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import localhsm.problem.ProblemException;
import localhsm.problem.Problems;
import localhsm.server.pipeline.ApiVersion;
import localhsm.server.pipeline.Match;

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

  static Paging of(Match match) {
    int limit = match.query().value(MAX_RESULTS).map(Paging::limit).orElse(MAX);
    long after = match.query().value(TOKEN).map(Paging::position).orElse(0L);
    return new Paging(after, limit);
  }

  /** The absolute link to the part after a position. */
  Optional<String> nextLink(String listUrl, Match match, Optional<Long> next) {
    String version = match.version().map(ApiVersion::wireName).orElseThrow();
    return next.map(
        position ->
            listUrl
                + "?api-version="
                + version
                + "&$skiptoken="
                + token(position)
                + "&maxresults="
                + limit);
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
