package localhsm.server.app;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import localhsm.backup.KeyBlobs;
import localhsm.crypto.Providers;
import localhsm.keys.KeyLedger;
import localhsm.keys.KeyUse;
import localhsm.keys.Keys;
import localhsm.keys.lifecycle.DeletedKeys;
import localhsm.keys.lifecycle.KeyBackups;
import localhsm.keys.lifecycle.KeyUpkeep;
import localhsm.keys.lifecycle.Rotations;
import localhsm.keys.lifecycle.SoftDelete;
import localhsm.secret.Sealing;
import localhsm.server.keys.KeyServices;
import localhsm.store.StoredKeys;

/** What can be done with keys, and what they do by themselves, by the time that they live by. */
record KeyParts(KeyServices services, Upkeep upkeep) {

  /** Works on what is stored, by the rules of the HSM. */
  static KeyParts of(Core core, Storage storage, SoftDelete softDelete) {
    KeyLedger ledger = storage.keys();
    Providers providers = core.providers();
    WorkPools pools = core.pools();
    Clock clock = core.labClock();
    DeletedKeys deletedKeys = new DeletedKeys(ledger, softDelete, pools, clock);
    Rotations rotations = new Rotations(ledger, providers, pools, clock);
    KeyServices services =
        new KeyServices(
            new Keys(ledger, providers, pools, clock),
            new KeyUse(ledger, providers, pools, clock),
            deletedKeys,
            rotations,
            backups(core, storage),
            softDelete);
    KeyUpkeep keyUpkeep = new KeyUpkeep(ledger, deletedKeys, rotations, clock);
    return new KeyParts(services, new Upkeep(work(keyUpkeep), clock));
  }

  private static KeyBackups backups(Core core, Storage storage) {
    StoredKeys keys = storage.keys();
    Sealing sealing = new Sealing(core.providers().sealing(), core.random());
    KeyBlobs blobs = new KeyBlobs(storage.store()::securityDomain, sealing);
    return new KeyBackups(keys, keys, blobs, core.pools());
  }

  private static Upkeep.Work work(KeyUpkeep keys) {
    return new Upkeep.Work() {
      @Override
      public Optional<Instant> nextDue() {
        return keys.nextDue();
      }

      @Override
      public CompletionStage<Void> runDue() {
        return keys.runDue();
      }
    };
  }
}
