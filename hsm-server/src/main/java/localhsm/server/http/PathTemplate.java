package localhsm.server.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A path with variable segments, such as {@code /keys/{key-name}/{key-version}/sign}. Literal
 * segments match without regard to case.
 */
public final class PathTemplate {
  private final String text;
  private final List<Segment> segments;

  private record Segment(String text, boolean variable) {}

  private PathTemplate(String text, List<Segment> segments) {
    this.text = text;
    this.segments = segments;
  }

  /** Reads a template. */
  public static PathTemplate of(String text) {
    List<Segment> segments = new ArrayList<>();
    for (String part : split(text)) {
      boolean variable = part.startsWith("{") && part.endsWith("}");
      segments.add(new Segment(variable ? part.substring(1, part.length() - 1) : part, variable));
    }
    return new PathTemplate(text, segments);
  }

  /** The segments of a path; empty ones are dropped, as clients really send them. */
  static List<String> split(String path) {
    List<String> parts = new ArrayList<>(6);
    int start = 0;
    while (start < path.length()) {
      int next = path.indexOf('/', start);
      int end = next < 0 ? path.length() : next;
      if (end > start) {
        parts.add(path.substring(start, end));
      }
      start = end + 1;
    }
    return parts;
  }

  /** The variable segments of a matching path; empty when it does not match. */
  Optional<Map<String, String>> match(List<String> path) {
    if (path.size() != segments.size()) {
      return Optional.empty();
    }
    Map<String, String> parameters = new java.util.HashMap<>();
    for (int i = 0; i < path.size(); i++) {
      Segment segment = segments.get(i);
      if (segment.variable) {
        parameters.put(segment.text, path.get(i));
      } else if (!segment.text.equalsIgnoreCase(path.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(parameters);
  }

  /** How many segments are variable: of two matching templates the one with fewer wins. */
  int variables() {
    return (int) segments.stream().filter(Segment::variable).count();
  }

  @Override
  public String toString() {
    return text;
  }
}
