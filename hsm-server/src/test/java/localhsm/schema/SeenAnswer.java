package localhsm.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An answer as a client saw it.
 *
 * @param target path and query as sent; an absolute URL is taken too
 * @param headers by name in lower case
 */
public record SeenAnswer(
    String method, String target, int status, Map<String, List<String>> headers, String body) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The parts of the path, without the empty ones that clients send for a missing version. */
  List<String> segments() {
    String local = target.replaceFirst("^https://[^/]*", "").replaceFirst("\\?.*", "");
    return Stream.of(local.split("/", -1)).filter(part -> !part.isEmpty()).toList();
  }

  /** The first part of the path in lower case; empty for the root. */
  String area() {
    return segments().stream().findFirst().orElse("").toLowerCase(Locale.ROOT);
  }

  /** The query's {@code api-version}, after percent-decoding. */
  Optional<String> apiVersion() {
    int query = target.indexOf('?');
    return query < 0
        ? Optional.empty()
        : Stream.of(target.substring(query + 1).split("&", -1))
            .map(SeenAnswer::decoded)
            .filter(pair -> pair.startsWith("api-version="))
            .map(pair -> pair.substring("api-version=".length()))
            .findFirst();
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return text;
    }
  }

  /** All values of a header; empty when it was not sent. */
  String header(String name) {
    return String.join("|", headers.getOrDefault(name, List.of()));
  }

  boolean successful() {
    return status / 100 == 2;
  }

  /** The body as JSON; nothing when it is none. */
  Optional<JsonNode> json() {
    try {
      return body.isEmpty() ? Optional.empty() : Optional.of(JSON.readTree(body));
    } catch (IOException noJson) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return method + " " + target + " -> " + status + " " + body;
  }
}
