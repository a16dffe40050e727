package localhsm.server.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import localhsm.id.KeyVersion;

/**
 * A path with variable segments, such as {@code /keys/{key-name}/{key-version}/sign}. Literal
 * segments match without regard to case.
 */
final class PathTemplate {
  private final String text;
  private final List<Segment> segments;

  private static final Pattern SLASH = Pattern.compile("/");

  private record Segment(String text, boolean variable) {}

  private PathTemplate(String text, List<Segment> segments) {
    this.text = text;
    this.segments = segments;
  }

  /** Reads a template. */
  static PathTemplate of(String text) {
    List<Segment> segments = new ArrayList<>();
    for (String part : SLASH.split(text.substring(1), -1)) {
      boolean variable = part.startsWith("{") && part.endsWith("}");
      String segment =
          variable ? part.substring(1, part.length() - 1) : part.toLowerCase(Locale.ROOT);
      segments.add(new Segment(segment, variable));
    }
    return new PathTemplate(text, segments);
  }

  /** Whether the path has this form. */
  boolean matches(List<String> path) {
    if (path.size() != segments.size()) {
      return false;
    }
    for (int i = 0; i < path.size(); i++) {
      Segment segment = segments.get(i);
      if (!segment.variable && !sameWord(segment.text, path.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Whether a matching path has a key version wherever the template wants one. */
  boolean fits(List<String> path) {
    String version = parameters(path).get(Match.KEY_VERSION);
    return version == null || KeyVersion.matches(version);
  }

  /** Folds ASCII only: to {@code equalsIgnoreCase} the Kelvin sign is a k too. */
  private static boolean sameWord(String literal, String word) {
    if (word.length() != literal.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      char folded = c >= 'A' && c <= 'Z' ? (char) (c + 'a' - 'A') : c;
      if (folded != literal.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** The variable segments of a matching path. */
  Map<String, String> parameters(List<String> path) {
    Map<String, String> parameters = new HashMap<>();
    for (int i = 0; i < path.size(); i++) {
      if (segments.get(i).variable) {
        parameters.put(segments.get(i).text, path.get(i));
      }
    }
    return parameters;
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
