package localhsm.store;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import localhsm.secret.SecretBytes;

/**
 * Puts and deletes that become durable together or not at all. Made by one thread, then handed to
 * {@link SealedStore#commit} once.
 */
public final class Commit implements AutoCloseable {

  /** What a row is named by. */
  record Name(RecordKind<?> kind, String name) {}

  private final Map<Name, Optional<SecretBytes>> changes = new LinkedHashMap<>();
  private BooleanSupplier precondition = () -> true;
  private Runnable visible = () -> {};

  /** Writes a record, whether or not it was there. */
  public <R> Commit put(RecordKind<R> kind, String name, R record) {
    try (SecretBytes body = kind.codec().encode(record)) {
      changes.put(new Name(kind, name), Optional.of(EnvelopeCodec.encode(kind.name(), name, body)));
    }
    return this;
  }

  /** Removes a record, if it is there. */
  public Commit delete(RecordKind<?> kind, String name) {
    changes.put(new Name(kind, name), Optional.empty());
    return this;
  }

  /**
   * What must still be true when the commit's turn comes. It is asked when every earlier commit
   * that touches one of the same records is visible, and may look only at what those records
   * decide: a record that others compete for must be among the changes.
   */
  public Commit onlyIf(BooleanSupplier condition) {
    this.precondition = condition;
    return this;
  }

  /** Makes the durable change visible in memory; short, and never throws or commits itself. */
  public Commit then(Runnable action) {
    this.visible = action;
    return this;
  }

  Map<Name, Optional<SecretBytes>> changes() {
    return changes;
  }

  boolean stands() {
    return precondition.getAsBoolean();
  }

  void show() {
    visible.run();
  }

  /** Clears the encoded records. */
  @Override
  public void close() {
    changes.values().forEach(plain -> plain.ifPresent(SecretBytes::close));
  }
}
