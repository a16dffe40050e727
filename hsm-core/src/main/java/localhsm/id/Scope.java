package localhsm.id;

import java.util.Optional;

/**
 * Where a role holds: {@code /} (the whole HSM), {@code /keys} (all keys) or {@code /keys/{name}}
 * (all versions of one key). Each contains the next.
 */
public record Scope(boolean keys, Optional<KeyName> key) {
  /** The whole HSM. */
  public static final Scope ROOT = new Scope(false, Optional.empty());

  /** All keys. */
  public static final Scope KEYS = new Scope(true, Optional.empty());

  /** A named key lies below {@code /keys}. */
  public Scope {
    if (key.isPresent() && !keys) {
      throw new IllegalArgumentException("a key lies below /keys");
    }
  }

  /** All versions of one key. */
  public static Scope key(KeyName name) {
    return new Scope(true, Optional.of(name));
  }

  /** Whether an assignment at this scope reaches the other one. */
  public boolean contains(Scope other) {
    if (!keys) {
      return true;
    }
    return other.keys && (key.isEmpty() || key.equals(other.key));
  }

  @Override
  public String toString() {
    return key.map(name -> "/keys/" + name).orElse(keys ? "/keys" : "/");
  }
}
