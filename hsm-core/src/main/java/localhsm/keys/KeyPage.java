package localhsm.keys;

import java.util.List;
import java.util.Optional;

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
}
