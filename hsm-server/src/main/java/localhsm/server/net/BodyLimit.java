package localhsm.server.net;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** How large a body may be: the few paths that take a backup blob or a security domain get more. */
final class BodyLimit {
  private static final Set<List<String>> UPLOADS =
      Set.of(List.of("keys", "restore"), List.of("securitydomain", "upload"));

  private final Limits.Sizes limits;

  BodyLimit(Limits.Sizes limits) {
    this.limits = limits;
  }

  /** The limit of a well-formed request target; it is compared as routes are. */
  int of(String target) {
    return UPLOADS.contains(segments(target)) ? limits.upload() : limits.body();
  }

  private static List<String> segments(String target) {
    int question = target.indexOf('?');
    String path = question < 0 ? target : target.substring(0, question);
    List<String> segments = new ArrayList<>();
    for (String segment : path.split("/", -1)) {
      if (!segment.isEmpty()) {
        segments.add(decoded(segment).toLowerCase(Locale.ROOT));
      }
    }
    return segments;
  }

  private static String decoded(String segment) {
    StringBuilder text = new StringBuilder(segment.length());
    for (int i = 0; i < segment.length(); i++) {
      if (segment.charAt(i) == '%') {
        text.append((char) Integer.parseInt(segment.substring(i + 1, i + 3), 16));
        i += 2;
      } else {
        text.append(segment.charAt(i));
      }
    }
    return text.toString();
  }
}
