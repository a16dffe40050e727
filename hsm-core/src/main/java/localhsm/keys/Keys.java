package localhsm.keys;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import localhsm.crypto.KeyMaterial;
import localhsm.crypto.KeyOperation;
import localhsm.crypto.Providers;
import localhsm.crypto.RsaMaterial;
import localhsm.crypto.TransferMechanism;
import localhsm.id.KeyId;
import localhsm.id.KeyName;
import localhsm.id.KeyVersion;
import localhsm.keys.wish.ImportedKey;
import localhsm.keys.wish.KeySettings;
import localhsm.keys.wish.KeyUpdate;
import localhsm.keys.wish.NewKey;
import localhsm.keys.wish.TransferredKey;
import localhsm.problem.ProblemException;
import localhsm.problem.Problems;
import localhsm.release.ReleasePolicy;
import localhsm.secret.SecretBytes;
import localhsm.work.WorkClass;
import localhsm.work.Workers;

/** The life of keys: creation, import, changes, reading and lists. */
public final class Keys {
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
    return add(wish.name(), wish.settings(), () -> wish.parameters().generate(providers));
  }

  /** Takes a key of the client, or a new latest version of an existing one. */
  public CompletionStage<FoundKey> importKey(ImportedKey wish) {
    return add(wish.name(), wish.settings(), wish.material());
  }

  /**
   * Takes a key that was wrapped for this HSM. Whatever is wrong with what the key exchange key
   * unwraps, the refusal is the same.
   */
  public CompletionStage<FoundKey> importKey(TransferredKey wish) {
    return add(wish.name(), wish.settings(), () -> transferred(wish));
  }

  /** Changes one version of a key; its material and its other attributes stay. */
  public CompletionStage<FoundKey> update(KeyUpdate wish) {
    return workers.run(
        WorkClass.WRITE,
        () -> {
          KeyRecord key =
              ledger.change(
                  wish.id().name(),
                  before -> {
                    KeyRecord current = addressed(before.filter(k -> !k.deleted()), wish.id());
                    return current.withChanged(
                        changed(current.version(wish.id()).orElseThrow(), wish));
                  });
          return new FoundKey(key.name(), key.version(wish.id()).orElseThrow());
        });
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
    return KeyPage.cut(ledger.page(after, limit + 1), limit);
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
    KeyRecord key = addressed(ledger.find(id.name()), id);
    return new FoundKey(key.name(), key.version(id).orElseThrow());
  }

  private static KeyRecord addressed(Optional<KeyRecord> key, KeyId id) {
    return key.filter(k -> k.version(id).isPresent())
        .orElseThrow(() -> Problems.keyNotFound("/keys/" + id.path()));
  }

  private CompletionStage<FoundKey> add(
      KeyName name, KeySettings settings, Supplier<KeyMaterial> source) {
    return workers
        .run(WorkClass.CPU, () -> material(name, settings, source))
        .thenCompose(made -> workers.run(WorkClass.WRITE, () -> store(name, settings, made)));
  }

  private KeyMaterial material(KeyName name, KeySettings settings, Supplier<KeyMaterial> source) {
    ledger.lookUp(name).ifPresent(KeyRecord::requireRoom);
    KeyMaterial material = source.get();
    settings.operationsOf(material.type());
    return material;
  }

  private FoundKey store(KeyName name, KeySettings settings, KeyMaterial material) {
    KeyVersionRecord version = version(settings, material);
    Function<Optional<KeyRecord>, KeyRecord> added =
        before ->
            before
                .map(key -> key.withVersion(version))
                .orElseGet(() -> KeyRecord.first(name, ledger.nextSequence(), version));
    return new FoundKey(ledger.change(name, added).name(), version);
  }

  private KeyVersionRecord version(KeySettings settings, KeyMaterial material) {
    Instant now = KeyAttributes.seconds(clock);
    return new KeyVersionRecord(
        KeyVersion.random(providers.random()),
        LazyMaterial.of(material),
        settings.operationsOf(material.type()),
        new KeyAttributes(
            settings.enabled(),
            settings.notBefore(),
            settings.expires(),
            settings.exportable(),
            now,
            now),
        settings.tags(),
        settings.releasePolicy());
  }

  private KeyVersionRecord changed(KeyVersionRecord version, KeyUpdate wish) {
    KeyAttributes old = version.attributes();
    return new KeyVersionRecord(
        version.version(),
        version.source(),
        wish.operationsOf(version.source().type(), version.operations()),
        new KeyAttributes(
            wish.enabled().orElse(old.enabled()),
            wish.notBefore().or(old::notBefore),
            wish.expires().or(old::expires),
            old.exportable(),
            old.created(),
            KeyAttributes.seconds(clock)),
        wish.tags().orElse(version.tags()),
        releasePolicy(version, wish));
  }

  private static Optional<ReleasePolicy> releasePolicy(KeyVersionRecord version, KeyUpdate wish) {
    if (wish.releasePolicy().isEmpty()) {
      return version.releasePolicy();
    }
    if (!version.attributes().exportable()) {
      throw Problems.releasePolicyNotAllowed();
    }
    if (version.releasePolicy().filter(ReleasePolicy::immutable).isPresent()) {
      throw Problems.releasePolicyImmutable();
    }
    return wish.releasePolicy();
  }

  private KeyMaterial transferred(TransferredKey wish) {
    FoundKey kek = find(ledger, wish.kek());
    kek.version().requireUsable(KeyOperation.IMPORT, clock.instant());
    try (SecretBytes target = unwrapped(kek.version().material(), wish.ciphertext())) {
      KeyMaterial material = KeyMaterial.transferred(wish.type(), target);
      if (wish.describes(material)) {
        return material;
      }
    } catch (ProblemException e) {
      // what came out may not be told from what could not be unwrapped
      throw Problems.decryptionFailed();
    }
    throw Problems.decryptionFailed();
  }

  private SecretBytes unwrapped(KeyMaterial kek, byte[] ciphertext) {
    if (kek instanceof RsaMaterial rsa) {
      return TransferMechanism.CKM_RSA_AES_KEY_WRAP.unwrap(rsa, ciphertext, providers);
    }
    throw Problems.decryptionFailed();
  }
}
