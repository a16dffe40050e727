package localhsm.server.http;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The header fields of a request, names in lower case, values in the order of arrival.
 *
 * @param fields name to its values
 */
public record Headers(Map<String, List<String>> fields) {
  /** No header at all. */
  public static final Headers NONE = new Headers(Map.of());

  /** The only value of a header; empty when it is absent or comes more than once. */
  public Optional<String> single(String name) {
    List<String> values = all(name);
    return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
  }

  /** All values of a header. */
  public List<String> all(String name) {
    return fields.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
  }

  /** Names only: values may be secrets. */
  @Override
  public String toString() {
    return fields.keySet().toString();
  }
}
