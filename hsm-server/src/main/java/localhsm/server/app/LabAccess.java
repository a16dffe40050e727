package localhsm.server.app;

import java.util.concurrent.CompletionStage;
import localhsm.keys.KeyLedger;
import localhsm.server.lab.LabSubject;
import localhsm.work.WorkClass;
import localhsm.work.Workers;

/** Lets the lab at the keys of this HSM. */
record LabAccess(KeyLedger ledger, Workers workers, Upkeep upkeep) implements LabSubject {

  @Override
  public CompletionStage<Void> catchUp() {
    return upkeep.runDue();
  }

  @Override
  public CompletionStage<Void> removeKeys() {
    return workers
        .run(
            WorkClass.WRITE,
            () -> {
              ledger.clear();
              return true;
            })
        .thenAccept(done -> {});
  }
}
