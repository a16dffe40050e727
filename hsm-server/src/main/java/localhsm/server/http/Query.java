package localhsm.server.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import localhsm.problem.Problems;

/**
 * The query of a request target, names and values percent-decoded (clients encode even {@code
 * api-version}). A name given twice is refused when it is read.
 */
public final class Query {
  private final Map<String, List<String>> values;

  private Query(Map<String, List<String>> values) {
    this.values = values;
  }

  /**
   * Reads the part after the question mark, or a form of the same encoding.
   *
   * @throws localhsm.problem.ProblemException when an escape is malformed
   */
  public static Query parse(String text) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    int start = 0;
    while (start < text.length()) {
      int next = text.indexOf('&', start);
      int end = next < 0 ? text.length() : next;
      if (end > start) {
        add(values, text.substring(start, end));
      }
      start = end + 1;
    }
    return new Query(values);
  }

  private static void add(Map<String, List<String>> values, String pair) {
    int equals = pair.indexOf('=');
    String name = equals < 0 ? pair : pair.substring(0, equals);
    String value = equals < 0 ? "" : pair.substring(equals + 1);
    values.merge(
        Percent.decodeQuery(name), List.of(Percent.decodeQuery(value)), Query::concatenated);
  }

  private static List<String> concatenated(List<String> first, List<String> second) {
    return java.util.stream.Stream.concat(first.stream(), second.stream()).toList();
  }

  /**
   * The value of a parameter.
   *
   * @throws localhsm.problem.ProblemException when it is given more than once
   */
  public Optional<String> value(String name) {
    List<String> all = values.getOrDefault(name, List.of());
    if (all.size() > 1) {
      throw Problems.badParameter("Query parameter " + name + " is given more than once.");
    }
    return all.stream().findFirst();
  }
}
