package localhsm.server.config;

import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;

/** A value as somebody wrote it, and where. Its text may be secret. */
final class Given {
  private final String origin;
  private final List<String> texts;

  Given(String origin, List<String> texts) {
    this.origin = origin;
    this.texts = List.copyOf(texts);
  }

  /** From where there are only texts: lists are separated by commas. */
  static Given plain(Setting setting, String origin, String text) {
    if (!setting.kind().plural()) {
      return new Given(origin, List.of(text));
    }
    List<String> parts = new ArrayList<>();
    StringTokenizer tokens = new StringTokenizer(text, ",");
    while (tokens.hasMoreTokens()) {
      parts.add(tokens.nextToken().strip());
    }
    return new Given(origin, parts);
  }

  String origin() {
    return origin;
  }

  List<String> texts() {
    return texts;
  }
}
