package localhsm.keys;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;
import localhsm.crypto.KeyMaterial;
import localhsm.crypto.Providers;
import localhsm.id.KeyId;
import localhsm.id.KeyName;
import localhsm.id.KeyVersion;
import localhsm.problem.Problems;
import localhsm.work.WorkClass;
import localhsm.work.Workers;

/** The life of keys: creation, reading and lists. */
public final class Keys {
  private static final int MAX_VERSIONS = 100;
  private static final int VERSION_BYTES = 16;

  private final KeyLedger ledger;
  private final Providers providers;
  private final Workers workers;
  private final Clock clock;

  /** Works on the keys of a ledger. */
  public Keys(KeyLedger ledger, Providers providers, Workers workers, Clock clock) {
    this.ledger = ledger;
    this.providers = providers;
    this.workers = workers;
    this.clock = clock;
  }

  /** Makes a key, or a new latest version of an existing one. */
  public CompletionStage<FoundKey> create(NewKey wish) {
    return workers
        .run(WorkClass.CPU, () -> generate(wish))
        .thenCompose(material -> workers.run(WorkClass.WRITE, () -> store(wish, material)));
  }

  /**
   * The addressed version of a key.
   *
   * @throws localhsm.problem.ProblemException when there is none
   */
  public FoundKey get(KeyId id) {
    return find(ledger, id);
  }

  /** Up to {@code limit} keys made after the given position, in order of creation. */
  public KeyPage<KeyRecord> list(long after, int limit) {
    List<KeyRecord> found = ledger.page(after, limit + 1);
    boolean more = found.size() > limit;
    List<KeyRecord> items = more ? found.subList(0, limit) : found;
    return new KeyPage<>(
        items, more ? Optional.of(items.get(limit - 1).sequence()) : Optional.empty());
  }

  /** Up to {@code limit} versions after the given position; none for an unknown name. */
  public KeyPage<FoundKey> listVersions(KeyName name, long after, int limit) {
    Optional<KeyRecord> key = ledger.find(name);
    if (key.isEmpty()) {
      return new KeyPage<>(List.of(), Optional.empty());
    }
    List<KeyVersionRecord> versions = key.get().versions();
    long end = Math.min(versions.size(), after + limit);
    List<FoundKey> items =
        LongStream.range(Math.min(after, end), end)
            .mapToObj(i -> new FoundKey(key.get().name(), versions.get((int) i)))
            .toList();
    return new KeyPage<>(items, end < versions.size() ? Optional.of(end) : Optional.empty());
  }

  static FoundKey find(KeyLedger ledger, KeyId id) {
    return ledger
        .find(id.name())
        .flatMap(key -> key.version(id).map(version -> new FoundKey(key.name(), version)))
        .orElseThrow(() -> Problems.keyNotFound("/keys/" + id.path()));
  }

  private KeyMaterial generate(NewKey wish) {
    ledger.find(wish.name()).ifPresent(Keys::requireRoom);
    return wish.parameters().generate(providers);
  }

  private FoundKey store(NewKey wish, KeyMaterial material) {
    KeyVersionRecord version = version(wish, material);
    while (true) {
      Optional<KeyRecord> before = ledger.find(wish.name());
      before.ifPresent(Keys::requireRoom);
      KeyRecord after =
          before
              .map(key -> key.withVersion(version))
              .orElseGet(() -> new KeyRecord(wish.name(), ledger.nextSequence(), List.of(version)));
      if (ledger.commit(new KeyChange(before, Optional.of(after)))) {
        return new FoundKey(after.name(), version);
      }
    }
  }

  private KeyVersionRecord version(NewKey wish, KeyMaterial material) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    KeyAttributes attributes =
        new KeyAttributes(wish.enabled(), wish.notBefore(), wish.expires(), false, now, now);
    return new KeyVersionRecord(
        freshVersion(),
        material,
        wish.operations().orElse(material.type().defaultOperations()),
        attributes,
        wish.tags());
  }

  private KeyVersion freshVersion() {
    byte[] bytes = new byte[VERSION_BYTES];
    providers.random().nextBytes(bytes);
    return new KeyVersion(HexFormat.of().formatHex(bytes));
  }

  private static void requireRoom(KeyRecord key) {
    if (key.versions().size() >= MAX_VERSIONS) {
      throw Problems.tooManyVersions(MAX_VERSIONS);
    }
  }
}
