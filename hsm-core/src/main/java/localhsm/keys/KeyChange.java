package localhsm.keys;

import java.util.Optional;

/**
 * What one commit does to one key. It stands only while the ledger still holds exactly {@code
 * before} (the same object).
 *
 * @param before the record the change was computed from; empty when the key is new
 * @param after the record it leaves; empty when the key goes away
 */
public record KeyChange(Optional<KeyRecord> before, Optional<KeyRecord> after) {

  /** A change changes something. */
  public KeyChange {
    if (before.isEmpty() && after.isEmpty()) {
      throw new IllegalArgumentException("a change needs a record");
    }
  }
}
