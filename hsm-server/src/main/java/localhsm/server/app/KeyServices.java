package localhsm.server.app;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import localhsm.keys.KeyLedger;
import localhsm.keys.KeyUse;
import localhsm.keys.Keys;
import localhsm.server.lab.LabSubject;

/** What can be done with keys, all by the time that keys live by. */
record KeyServices(Keys keys, KeyUse use, Upkeep upkeep, LabSubject labSubject) {

  static KeyServices of(Core core, KeyLedger ledger, Provisioned provisioned) {
    Upkeep upkeep = new Upkeep(work(), core.labClock());
    return new KeyServices(
        new Keys(ledger, core.providers(), core.pools(), core.labClock()),
        new KeyUse(ledger, core.providers(), core.pools(), core.labClock()),
        upkeep,
        labSubject(upkeep));
  }

  private static Upkeep.Work work() {
    return new Upkeep.Work() {
      @Override
      public Optional<Instant> nextDue() {
        return Optional.empty();
      }

      @Override
      public CompletionStage<Void> runDue() {
        return CompletableFuture.completedStage(null);
      }
    };
  }

  private static LabSubject labSubject(Upkeep upkeep) {
    return new LabSubject() {
      @Override
      public CompletionStage<Void> catchUp() {
        return upkeep.runDue();
      }

      @Override
      public CompletionStage<Void> removeKeys() {
        return CompletableFuture.completedStage(null);
      }
    };
  }
}
