package localhsm.keys.lifecycle;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Stream;
import localhsm.id.KeyName;
import localhsm.keys.KeyLedger;
import localhsm.keys.KeyRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What keys do by themselves when their time comes: rotate, and go at the end of retention. */
public final class KeyUpkeep {
  private static final Logger LOG = LoggerFactory.getLogger(KeyUpkeep.class);

  private final KeyLedger ledger;
  private final DeletedKeys deletedKeys;
  private final Rotations rotations;
  private final Clock clock;

  /** Watches the keys of a ledger. */
  public KeyUpkeep(KeyLedger ledger, DeletedKeys deletedKeys, Rotations rotations, Clock clock) {
    this.ledger = ledger;
    this.deletedKeys = deletedKeys;
    this.rotations = rotations;
    this.clock = clock;
  }

  /**
   * When something is to be done next, perhaps in the past; empty when nothing is. A scan over all
   * keys that decodes none.
   */
  public Optional<Instant> nextDue() {
    return Stream.concat(live().map(Rotations::due), deleted().map(DeletedKeys::due))
        .flatMap(Optional::stream)
        .min(Instant::compareTo);
  }

  /**
   * Does all that is due by now, one key after the other; a key that fails is logged and stays due.
   * A key that was due several times over rotates once.
   *
   * @return completes when all is done, and never fails
   */
  public CompletionStage<Void> runDue() {
    Instant now = clock.instant();
    CompletionStage<Void> done = CompletableFuture.completedStage(null);
    for (KeyName name : due(live(), Rotations::due, now)) {
      done = done.thenCompose(nothing -> quietly(name, rotations::rotateDue));
    }
    for (KeyName name : due(deleted(), DeletedKeys::due, now)) {
      done = done.thenCompose(nothing -> quietly(name, deletedKeys::purgeDue));
    }
    return done;
  }

  private Stream<KeyRecord> live() {
    return ledger.page(0, Integer.MAX_VALUE).stream();
  }

  private Stream<KeyRecord> deleted() {
    return ledger.pageDeleted(0, Integer.MAX_VALUE).stream();
  }

  private static List<KeyName> due(
      Stream<KeyRecord> keys, Function<KeyRecord, Optional<Instant>> time, Instant now) {
    return keys.filter(key -> time.apply(key).filter(t -> !now.isBefore(t)).isPresent())
        .map(KeyRecord::name)
        .toList();
  }

  private static CompletionStage<Void> quietly(
      KeyName name, Function<KeyName, CompletionStage<Void>> work) {
    return CompletableFuture.completedStage(name)
        .thenCompose(work)
        .exceptionally(
            failure -> {
              LOG.warn("What was due for a key failed; it will be tried again", failure);
              return null;
            });
  }
}
