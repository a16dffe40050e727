package localhsm.keys;

import java.util.List;
import java.util.Optional;
import localhsm.id.KeyName;

/** Where keys live. Reading never blocks; a change is durable first, then visible. */
public interface KeyLedger {

  /** The key of that name, compared without regard to case. */
  Optional<KeyRecord> find(KeyName name);

  /** Up to {@code limit} keys with a sequence greater than {@code after}, in order of creation. */
  List<KeyRecord> page(long after, int limit);

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
}
