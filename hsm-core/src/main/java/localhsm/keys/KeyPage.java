package localhsm.keys;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A part of a list.
 *
 * @param next position after which the next part begins; empty for the last part
 */
public record KeyPage<T>(List<T> items, Optional<Long> next) {

  /** Keeps its own copy. */
  public KeyPage {
    items = List.copyOf(items);
  }

  /** The first {@code limit} of the keys, of which there is one more unless the list ends. */
  public static KeyPage<KeyRecord> cut(List<KeyRecord> found, int limit) {
    if (found.size() <= limit) {
      return new KeyPage<>(found, Optional.empty());
    }
    return new KeyPage<>(found.subList(0, limit), Optional.of(found.get(limit - 1).sequence()));
  }

  /** The same part of a list of other items. */
  public <R> KeyPage<R> map(Function<T, R> item) {
    return new KeyPage<>(items.stream().map(item).toList(), next);
  }
}
