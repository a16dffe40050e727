package localhsm.store;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import localhsm.secret.SecretBytes;

/**
 * Single secrets of this HSM, by name, such as a signing key of the server. No backup holds them.
 */
public final class SealedValues {
  /** The kind under which they are stored. */
  public static final RecordKind<SecretBytes> KIND = RecordKind.local("value", new ValueCodec());

  private final SealedStore store;
  private final Map<String, SecretBytes> values;

  private SealedValues(SealedStore store) {
    this.store = store;
    this.values = new ConcurrentHashMap<>(store.take(KIND));
  }

  /** Takes over the values of a store that was opened with {@link #KIND}: once for each store. */
  public static SealedValues open(SealedStore store) {
    return new SealedValues(store);
  }

  /** A copy of the value, which the caller closes. */
  public Optional<SecretBytes> find(String name) {
    return Optional.ofNullable(values.get(name)).map(SecretBytes::copy);
  }

  /**
   * Stores the value, durably before it returns; what stood there is replaced. The given bytes stay
   * the caller's.
   *
   * @throws localhsm.problem.ProblemException when the store cannot take it; nothing is changed
   *     then
   */
  public void put(String name, SecretBytes value) {
    SecretBytes kept = value.copy();
    store.commit(new Commit().put(KIND, name, kept).then(() -> values.put(name, kept)));
  }
}
