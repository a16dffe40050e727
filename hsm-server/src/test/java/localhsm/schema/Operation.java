package localhsm.schema;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An operation of the schemas.
 *
 * @param template the parts of its path; a parameter is in braces
 * @param answers status or {@code default} to the definition of the body, which may have none
 */
record Operation(
    String id, String method, List<String> template, Map<String, Optional<String>> answers) {
  private static final String VERSION = "{key-version}";

  /** Whether a request is for this operation; the version may be missing, words are case-blind. */
  boolean matches(String verb, List<String> path) {
    return method.equalsIgnoreCase(verb) && (fits(template, path) || fits(unversioned(), path));
  }

  /** How many parts are words: the operation with the most of them is meant. */
  long words() {
    return template.stream().filter(part -> !parameter(part)).count();
  }

  private List<String> unversioned() {
    return template.stream().filter(part -> !part.equals(VERSION)).toList();
  }

  private static boolean fits(List<String> template, List<String> path) {
    if (template.size() != path.size()) {
      return false;
    }
    for (int i = 0; i < path.size(); i++) {
      if (!parameter(template.get(i)) && !template.get(i).equalsIgnoreCase(path.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean parameter(String part) {
    return part.startsWith("{");
  }
}
