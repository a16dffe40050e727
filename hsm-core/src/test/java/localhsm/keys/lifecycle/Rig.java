package localhsm.keys.lifecycle;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import localhsm.crypto.Curve;
import localhsm.crypto.KeyParameters;
import localhsm.crypto.Providers;
import localhsm.id.KeyName;
import localhsm.keys.DirectWorkers;
import localhsm.keys.FoundKey;
import localhsm.keys.InMemoryKeyLedger;
import localhsm.keys.KeyRecord;
import localhsm.keys.Keys;
import localhsm.keys.SettableClock;
import localhsm.keys.wish.KeySettings;
import localhsm.keys.wish.NewKey;
import localhsm.problem.Problem;
import localhsm.problem.ProblemException;
import localhsm.rotation.Lifespan;
import localhsm.rotation.RotationPolicy;

/** Keys on a ledger without a disk, under a clock that is set. */
final class Rig {
  static final Instant NOW = Instant.parse("2027-01-15T08:00:00Z");
  static final Providers PROVIDERS = Providers.bouncyCastle(new SecureRandom());

  final InMemoryKeyLedger ledger = new InMemoryKeyLedger();
  final SettableClock clock = new SettableClock(NOW.plusMillis(987));
  final DirectWorkers workers = new DirectWorkers();
  final Keys keys = new Keys(ledger, PROVIDERS, workers, clock);
  final DeletedKeys deletedKeys;
  final Rotations rotations = new Rotations(ledger, PROVIDERS, workers, clock);
  final KeyUpkeep upkeep;

  Rig() {
    this(SoftDelete.DEFAULT);
  }

  Rig(SoftDelete rules) {
    deletedKeys = new DeletedKeys(ledger, rules, workers, clock);
    upkeep = new KeyUpkeep(ledger, deletedKeys, rotations, clock);
  }

  FoundKey create(String name) {
    return create(name, KeySettings.DEFAULT);
  }

  FoundKey create(String name, KeySettings settings) {
    return done(
        keys.create(new NewKey(new KeyName(name), new KeyParameters.Ec(Curve.P_256), settings)));
  }

  KeyRecord record(String name) {
    return ledger.lookUp(new KeyName(name)).orElseThrow();
  }

  void pass(Duration time) {
    clock.set(clock.instant().plus(time));
  }

  /** Rotates some time after creation; the new version never expires. */
  static RotationPolicy afterCreate(String span) {
    return RotationPolicy.of(
        List.of(
            new RotationPolicy.Action(
                "Rotate", Optional.of(Lifespan.parse(span)), Optional.empty())),
        Optional.empty());
  }

  /** Rotates some time before the expiry. */
  static RotationPolicy beforeExpiry(String span, String expiryTime) {
    return RotationPolicy.of(
        List.of(
            new RotationPolicy.Action(
                "Rotate", Optional.empty(), Optional.of(Lifespan.parse(span)))),
        Optional.of(Lifespan.parse(expiryTime)));
  }

  static <T> T done(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  static Problem refusal(CompletionStage<?> stage) {
    try {
      stage.toCompletableFuture().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof ProblemException no) {
        return no.problem();
      }
      throw e;
    }
    throw new AssertionError("not refused");
  }
}
