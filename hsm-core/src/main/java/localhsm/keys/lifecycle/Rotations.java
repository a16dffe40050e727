package localhsm.keys.lifecycle;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import localhsm.crypto.KeyMaterial;
import localhsm.crypto.Providers;
import localhsm.id.KeyId;
import localhsm.id.KeyName;
import localhsm.id.KeyVersion;
import localhsm.keys.FoundKey;
import localhsm.keys.KeyAttributes;
import localhsm.keys.KeyChange;
import localhsm.keys.KeyLedger;
import localhsm.keys.KeyRecord;
import localhsm.keys.KeyVersionRecord;
import localhsm.keys.LazyMaterial;
import localhsm.problem.ProblemException;
import localhsm.problem.Problems;
import localhsm.rotation.RotationPolicy;
import localhsm.work.WorkClass;
import localhsm.work.Workers;

/**
 * Rotation: fresh material of the same kind as the next version, on demand or when a policy says
 * so. The new version inherits everything but times: it has no {@code nbf}, and expires after the
 * policy's {@code expiryTime}.
 */
public final class Rotations {
  private final KeyLedger ledger;
  private final Providers providers;
  private final Workers workers;
  private final Clock clock;

  /** Material for the version that follows another one. */
  private record Successor(KeyVersion predecessor, KeyMaterial material) {}

  /** Works on the keys of a ledger. */
  public Rotations(KeyLedger ledger, Providers providers, Workers workers, Clock clock) {
    this.ledger = ledger;
    this.providers = providers;
    this.workers = workers;
    this.clock = clock;
  }

  /**
   * The policy of a key; {@link RotationPolicy#BLANK} when it has none.
   *
   * @throws localhsm.problem.ProblemException when there is no such key
   */
  public RotationPolicy policy(KeyName name) {
    return present(ledger.lookUp(name), name).rotation().orElse(RotationPolicy.BLANK);
  }

  /** Sets the policy of a key and gives it as it is stored; a blank one removes it. */
  public CompletionStage<RotationPolicy> setPolicy(KeyName name, RotationPolicy policy) {
    return workers.run(
        WorkClass.WRITE,
        () ->
            ledger
                .change(
                    name,
                    before -> {
                      KeyRecord key = present(before, name);
                      return key.withRotation(stored(key, policy));
                    })
                .rotation()
                .orElse(RotationPolicy.BLANK));
  }

  /** Rotates a key now, whatever its window; it must have a policy and be enabled. */
  public CompletionStage<FoundKey> rotate(KeyName name) {
    return rotate(() -> Optional.of(allowed(name)))
        .thenApply(made -> made.orElseThrow(() -> notFound(name)));
  }

  /** Rotates a key if it is due, and still is when the material is made. */
  CompletionStage<Void> rotateDue(KeyName name) {
    Instant now = clock.instant();
    return rotate(
            () ->
                ledger
                    .find(name)
                    .filter(key -> due(key).filter(time -> !now.isBefore(time)).isPresent()))
        .thenAccept(made -> {});
  }

  /** When a key rotates by itself; empty also while it cannot. */
  static Optional<Instant> due(KeyRecord key) {
    KeyAttributes latest = key.latest().attributes();
    if (key.deleted() || key.full() || !latest.enabled()) {
      return Optional.empty();
    }
    return key.rotation().flatMap(policy -> policy.due(latest.created(), latest.expires()));
  }

  private KeyRecord allowed(KeyName name) {
    KeyRecord key = present(ledger.lookUp(name), name);
    key.latest().requireUsable(KeyVersionRecord.Act.ROTATE);
    if (key.rotation().isEmpty()) {
      throw Problems.rotationPolicyMissing();
    }
    return key.requireRoom();
  }

  private static KeyRecord present(Optional<KeyRecord> key, KeyName name) {
    return key.filter(k -> !k.deleted()).orElseThrow(() -> notFound(name));
  }

  private static ProblemException notFound(KeyName name) {
    return Problems.keyNotFound("/keys/" + name);
  }

  private Optional<RotationPolicy> stored(KeyRecord key, RotationPolicy policy) {
    if (policy.blank()) {
      return Optional.empty();
    }
    if (policy.needsExpiry() && key.latest().attributes().expires().isEmpty()) {
      throw Problems.badParameter(
          "Property timeBeforeExpiry needs an expiryTime, or a key that expires.");
    }
    Instant now = KeyAttributes.seconds(clock);
    Instant created = key.rotation().flatMap(RotationPolicy::created).orElse(now);
    return Optional.of(policy.stored(created, now));
  }

  /**
   * @param eligible the key to rotate, asked before anything is made and again before it is stored;
   *     empty when there is nothing to do, and may throw
   */
  private CompletionStage<Optional<FoundKey>> rotate(Supplier<Optional<KeyRecord>> eligible) {
    return workers
        .run(WorkClass.CPU, () -> eligible.get().map(this::successor))
        .thenCompose(
            made ->
                made.isPresent()
                    ? workers.run(WorkClass.WRITE, () -> store(made.get(), eligible))
                    : CompletableFuture.completedStage(Optional.empty()));
  }

  private Successor successor(KeyRecord key) {
    KeyVersionRecord old = key.latest();
    return new Successor(old.version(), old.material().parameters().generate(providers));
  }

  private Optional<FoundKey> store(Successor made, Supplier<Optional<KeyRecord>> eligible) {
    while (true) {
      Optional<KeyRecord> before = eligible.get();
      Optional<KeyRecord> after = before.flatMap(key -> rotated(key, made));
      if (after.isEmpty()) {
        return Optional.empty();
      }
      if (ledger.commit(new KeyChange(before, after))) {
        return after.map(KeyRecord::found);
      }
    }
  }

  /** Empty when the version to follow is gone: another key has the name then. */
  private Optional<KeyRecord> rotated(KeyRecord key, Successor made) {
    return key.version(KeyId.of(key.name(), made.predecessor()))
        .map(old -> key.withVersion(next(old, made.material(), key.rotation())));
  }

  private KeyVersionRecord next(
      KeyVersionRecord old, KeyMaterial material, Optional<RotationPolicy> policy) {
    Instant now = KeyAttributes.seconds(clock);
    KeyAttributes attributes =
        new KeyAttributes(
            old.attributes().enabled(),
            Optional.empty(),
            policy.flatMap(RotationPolicy::expiryTime).map(span -> span.addTo(now)),
            old.attributes().exportable(),
            now,
            now);
    return new KeyVersionRecord(
        KeyVersion.random(providers.random()),
        LazyMaterial.of(material),
        old.operations(),
        attributes,
        old.tags(),
        old.releasePolicy());
  }
}
