package localhsm.keys.lifecycle;

import java.util.concurrent.CompletionStage;
import localhsm.id.KeyName;
import localhsm.keys.BlobSealer;
import localhsm.keys.FoundKey;
import localhsm.keys.KeyLedger;
import localhsm.keys.KeyRecord;
import localhsm.keys.KeyVersionRecord;
import localhsm.problem.Problems;
import localhsm.secret.SecretBytes;
import localhsm.work.WorkClass;
import localhsm.work.Workers;

/** Backup and restore of single keys, with all versions and policies. */
public final class KeyBackups {
  private final KeyLedger ledger;
  private final KeyArchive archive;
  private final BlobSealer sealer;
  private final Workers workers;

  /** Works on the keys of a ledger. */
  public KeyBackups(KeyLedger ledger, KeyArchive archive, BlobSealer sealer, Workers workers) {
    this.ledger = ledger;
    this.archive = archive;
    this.sealer = sealer;
    this.workers = workers;
  }

  /** The blob of a key. */
  public CompletionStage<String> backup(KeyName name) {
    return workers.run(
        WorkClass.CPU,
        () -> {
          KeyRecord key =
              ledger.find(name).orElseThrow(() -> Problems.keyNotFound("/keys/" + name));
          try (SecretBytes bytes = archive.archive(key)) {
            return sealer.seal(bytes);
          }
        });
  }

  /**
   * Brings a key back from its blob, as the youngest in the order of creation; its name must be
   * free. Gives its latest version.
   */
  public CompletionStage<FoundKey> restore(String blob) {
    return workers
        .run(WorkClass.CPU, () -> opened(blob))
        .thenCompose(key -> workers.run(WorkClass.WRITE, () -> store(key)));
  }

  private KeyRecord opened(String blob) {
    try (SecretBytes bytes = sealer.open(blob).orElseThrow(Problems::malformedBackupBlob)) {
      KeyRecord key = archive.fromArchive(bytes);
      key.versions().forEach(KeyVersionRecord::material);
      return key;
    } catch (IllegalArgumentException e) {
      throw Problems.malformedBackupBlob();
    }
  }

  private FoundKey store(KeyRecord restored) {
    return ledger
        .change(
            restored.name(),
            before -> {
              before.ifPresent(KeyBackups::refuse);
              return restored.withSequence(ledger.nextSequence());
            })
        .found();
  }

  private static void refuse(KeyRecord existing) {
    String name = existing.name().value();
    throw existing.deleted() ? Problems.deletedButRecoverable(name) : Problems.keyExists(name);
  }
}
