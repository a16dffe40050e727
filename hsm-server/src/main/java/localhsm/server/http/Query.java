package localhsm.server.http;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import localhsm.problem.Problems;

/**
 * The query of a request target, names and values percent-decoded (clients encode even {@code
 * api-version}). A name given twice is refused when it is read.
 */
public final class Query {
  private final Map<String, String> values = new HashMap<>();
  private final Set<String> repeated = new HashSet<>();

  private Query() {}

  /**
   * Reads the part after the question mark, or a form of the same encoding.
   *
   * @throws localhsm.problem.ProblemException when an escape is malformed
   */
  public static Query parse(String text) {
    Query query = new Query();
    int start = 0;
    while (start < text.length()) {
      int next = text.indexOf('&', start);
      int end = next < 0 ? text.length() : next;
      if (end > start) {
        query.add(text.substring(start, end));
      }
      start = end + 1;
    }
    return query;
  }

  private void add(String pair) {
    int equals = pair.indexOf('=');
    String name = Percent.decodeQuery(equals < 0 ? pair : pair.substring(0, equals));
    String value = equals < 0 ? "" : Percent.decodeQuery(pair.substring(equals + 1));
    if (values.putIfAbsent(name, value) != null) {
      repeated.add(name);
    }
  }

  /**
   * The value of a parameter.
   *
   * @throws localhsm.problem.ProblemException when it is given more than once
   */
  public Optional<String> value(String name) {
    if (repeated.contains(name)) {
      throw Problems.badParameter("Query parameter " + name + " is given more than once.");
    }
    return Optional.ofNullable(values.get(name));
  }
}
