package localhsm.keys;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import localhsm.id.KeyName;

/** Where keys live. Reading never blocks; a change is durable first, then visible. */
public interface KeyLedger {

  /** The key of that name, deleted or not; names are compared without regard to case. */
  Optional<KeyRecord> lookUp(KeyName name);

  /** The key of that name, unless it is deleted. */
  default Optional<KeyRecord> find(KeyName name) {
    return lookUp(name).filter(key -> !key.deleted());
  }

  /** The deleted key of that name. */
  default Optional<KeyRecord> findDeleted(KeyName name) {
    return lookUp(name).filter(KeyRecord::deleted);
  }

  /**
   * Up to {@code limit} keys with a sequence greater than {@code after}, in order of creation,
   * without those that are deleted.
   */
  List<KeyRecord> page(long after, int limit);

  /** The same of the deleted keys, in order of their creation too. */
  List<KeyRecord> pageDeleted(long after, int limit);

  /** A sequence number of at least 1, greater than every one handed out before. */
  long nextSequence();

  /**
   * Makes the change durable, then visible; returns after both. Blocks on the disk.
   *
   * @return false, with nothing changed, when the key is no longer what the change was computed
   *     from
   * @throws localhsm.problem.ProblemException when the store cannot take the change; nothing is
   *     changed then
   */
  boolean commit(KeyChange change);

  /**
   * Computes a change from what is there and commits it, again and again until it stands.
   *
   * @param step from the key of that name, deleted or not, to what it becomes; may throw a {@link
   *     localhsm.problem.ProblemException}, which leaves all as it is
   * @return what the key became
   */
  default KeyRecord change(KeyName name, Function<Optional<KeyRecord>, KeyRecord> step) {
    while (true) {
      Optional<KeyRecord> before = lookUp(name);
      KeyRecord after = step.apply(before);
      if (commit(new KeyChange(before, Optional.of(after)))) {
        return after;
      }
    }
  }

  /** Removes every key, deleted or not, in one durable commit. Blocks on the disk. */
  void clear();
}
