package localhsm.keys.lifecycle;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import localhsm.id.KeyName;
import localhsm.keys.Deletion;
import localhsm.keys.FoundKey;
import localhsm.keys.KeyAttributes;
import localhsm.keys.KeyChange;
import localhsm.keys.KeyLedger;
import localhsm.keys.KeyPage;
import localhsm.keys.KeyRecord;
import localhsm.problem.ProblemException;
import localhsm.problem.Problems;
import localhsm.work.WorkClass;
import localhsm.work.Workers;

/**
 * Keys that are deleted and can be recovered. A key is deleted and recovered at once and as a
 * whole, with all its versions; its name stays taken until it is purged.
 */
public final class DeletedKeys {
  private final KeyLedger ledger;
  private final SoftDelete rules;
  private final Workers workers;
  private final Clock clock;

  /** Works on the keys of a ledger. */
  public DeletedKeys(KeyLedger ledger, SoftDelete rules, Workers workers, Clock clock) {
    this.ledger = ledger;
    this.rules = rules;
    this.workers = workers;
    this.clock = clock;
  }

  /** Deletes a key. */
  public CompletionStage<DeletedKey> delete(KeyName name) {
    return workers.run(
        WorkClass.WRITE,
        () -> {
          Deletion deletion = rules.at(KeyAttributes.seconds(clock));
          return DeletedKey.of(
              ledger.change(
                  name,
                  before ->
                      before
                          .filter(key -> !key.deleted())
                          .orElseThrow(() -> Problems.keyNotFound("/keys/" + name))
                          .withDeletion(Optional.of(deletion))));
        });
  }

  /**
   * A deleted key.
   *
   * @throws ProblemException when none of that name is deleted
   */
  public DeletedKey get(KeyName name) {
    return DeletedKey.of(deleted(ledger.lookUp(name), name));
  }

  /** Up to {@code limit} deleted keys made after the given position, in order of creation. */
  public KeyPage<DeletedKey> list(long after, int limit) {
    return KeyPage.cut(ledger.pageDeleted(after, limit + 1), limit).map(DeletedKey::of);
  }

  /** Brings a deleted key back as it was; gives its latest version. */
  public CompletionStage<FoundKey> recover(KeyName name) {
    return workers.run(
        WorkClass.WRITE,
        () ->
            ledger
                .change(name, before -> deleted(before, name).withDeletion(Optional.empty()))
                .found());
  }

  /** Removes a deleted key for good, unless purge protection is on. */
  public CompletionStage<Void> purge(KeyName name) {
    return workers.run(WorkClass.WRITE, () -> removed(name)).thenAccept(gone -> {});
  }

  /** Removes a deleted key at the end of its retention, if that is reached. */
  CompletionStage<Void> purgeDue(KeyName name) {
    Instant now = clock.instant();
    return workers
        .run(WorkClass.WRITE, () -> remove(name, key -> !now.isBefore(due(key).orElseThrow())))
        .thenAccept(gone -> {});
  }

  /** When a deleted key goes for good. */
  static Optional<Instant> due(KeyRecord key) {
    return key.deletion().map(Deletion::scheduledPurge);
  }

  private KeyName removed(KeyName name) {
    deleted(ledger.lookUp(name), name);
    if (rules.purgeProtection()) {
      throw Problems.purgeProtected();
    }
    if (!remove(name, key -> true)) {
      throw notFound(name);
    }
    return name;
  }

  /** False when no deleted key of that name is, or is no more, what the condition asks for. */
  private boolean remove(KeyName name, Predicate<KeyRecord> which) {
    while (true) {
      Optional<KeyRecord> before = ledger.findDeleted(name).filter(which);
      if (before.isEmpty()) {
        return false;
      }
      if (ledger.commit(new KeyChange(before, Optional.empty()))) {
        return true;
      }
    }
  }

  private static KeyRecord deleted(Optional<KeyRecord> key, KeyName name) {
    return key.filter(KeyRecord::deleted).orElseThrow(() -> notFound(name));
  }

  private static ProblemException notFound(KeyName name) {
    return Problems.keyNotFound("/deletedkeys/" + name);
  }
}
