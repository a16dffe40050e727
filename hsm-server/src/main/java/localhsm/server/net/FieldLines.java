package localhsm.server.net;

import io.netty.buffer.ByteBuf;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import localhsm.problem.ProblemException;
import localhsm.problem.Problems;
import localhsm.server.http.Headers;

/**
 * Reads a section of field lines (RFC 9112 5), header or trailer, up to the empty line. What the
 * RFC lets a server repair is refused: folded lines, blanks before the colon, bare line ends.
 */
final class FieldLines {
  private final Limits.Sizes limits;
  private final Map<String, List<String>> fields = new HashMap<>();
  private int bytes;
  private int count;

  FieldLines(Limits.Sizes limits) {
    this.limits = limits;
  }

  /** Reads on; true when the section is complete. */
  boolean read(ByteBuf in, LineReader lines) {
    while (true) {
      Optional<String> line = lines.next(in, limits.headers() - bytes, this::tooLarge);
      if (line.isEmpty()) {
        return false;
      }
      if (line.get().isEmpty()) {
        return true;
      }
      add(line.get());
    }
  }

  /** Counts further bytes towards the section's limit. */
  void charge(int more) {
    bytes += more;
    if (bytes > limits.headers()) {
      throw tooLarge();
    }
  }

  Headers headers() {
    return new Headers(fields);
  }

  private void add(String line) {
    charge(line.length() + 2);
    count++;
    if (count > limits.fields()) {
      throw tooLarge();
    }
    int colon = line.indexOf(':');
    if (colon < 0 || !Grammar.token(line.substring(0, colon))) {
      throw Grammar.malformed("header name");
    }
    String value = Grammar.trimmed(line.substring(colon + 1));
    if (!Grammar.fieldValue(value)) {
      throw Grammar.malformed("header value");
    }
    fields.merge(
        line.substring(0, colon).toLowerCase(Locale.ROOT), List.of(value), FieldLines::both);
  }

  private static List<String> both(List<String> first, List<String> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  private ProblemException tooLarge() {
    return Problems.headersTooLarge(limits.headers());
  }
}
