package localhsm.release;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an attestation must say. */
public sealed interface Condition {

  /** Whether the claims say it. */
  boolean met(Map<String, Object> claims);

  /** Each of several; never none. */
  record AllOf(List<Condition> conditions) implements Condition {
    /** Keeps its own copy. */
    public AllOf {
      conditions = List.copyOf(conditions);
    }

    @Override
    public boolean met(Map<String, Object> claims) {
      return conditions.stream().allMatch(condition -> condition.met(claims));
    }
  }

  /** At least one of several. */
  record AnyOf(List<Condition> conditions) implements Condition {
    /** Keeps its own copy. */
    public AnyOf {
      conditions = List.copyOf(conditions);
    }

    @Override
    public boolean met(Map<String, Object> claims) {
      return conditions.stream().anyMatch(condition -> condition.met(claims));
    }
  }

  /**
   * One claim has one value, of the same type. A claim that is missing, a list or an object has
   * none.
   *
   * @param claim its name, in which dots lead into objects; a member whose own name has dots is
   *     found too, and before what the dots lead to
   * @param value a {@link String}, {@link BigDecimal} or {@link Boolean}
   */
  record Equals(String claim, Object value) implements Condition {

    @Override
    public boolean met(Map<String, Object> claims) {
      return find(claims, claim).filter(this::same).isPresent();
    }

    private boolean same(Object found) {
      if (value instanceof BigDecimal number) {
        return found instanceof Number other
            && number.compareTo(new BigDecimal(other.toString())) == 0;
      }
      return value.equals(found);
    }

    /** Every member is looked at once at most: the names on the way to it spell only one path. */
    private static Optional<Object> find(Map<?, ?> object, String name) {
      Optional<Object> whole = Optional.ofNullable(object.get(name));
      int dot = name.lastIndexOf('.');
      while (whole.isEmpty() && dot > 0) {
        if (object.get(name.substring(0, dot)) instanceof Map<?, ?> inner) {
          whole = find(inner, name.substring(dot + 1));
        }
        dot = name.lastIndexOf('.', dot - 1);
      }
      return whole;
    }
  }
}
