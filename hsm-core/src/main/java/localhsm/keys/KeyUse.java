package localhsm.keys;

import java.time.Clock;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import localhsm.crypto.CipherAlgorithm;
import localhsm.crypto.KeyAlgorithm;
import localhsm.crypto.KeyMaterial;
import localhsm.crypto.KeyOperation;
import localhsm.crypto.Providers;
import localhsm.crypto.SignAlgorithm;
import localhsm.id.KeyId;
import localhsm.problem.Problems;
import localhsm.work.WorkClass;
import localhsm.work.Workers;

/**
 * The cryptography of stored keys. Each call finds the key, decides whether it may be used now,
 * whether the algorithm fits, and then runs where its work class says.
 */
public final class KeyUse {
  /** Above it even the quick algorithms keep an event loop from its other connections. */
  private static final int LARGE_BYTES = 8 << 10;

  private final KeyLedger ledger;
  private final Providers providers;
  private final Workers workers;
  private final Clock clock;

  /**
   * What an operation gave.
   *
   * @param key the full id of the version that was used
   */
  public record Result<T>(KeyId key, T value) {}

  /** Uses the keys of a ledger. */
  public KeyUse(KeyLedger ledger, Providers providers, Workers workers, Clock clock) {
    this.ledger = ledger;
    this.providers = providers;
    this.workers = workers;
    this.clock = clock;
  }

  /** Signs a digest. */
  public CompletionStage<Result<byte[]>> sign(KeyId id, SignAlgorithm algorithm, byte[] digest) {
    FoundKey key = usable(id, KeyOperation.SIGN, algorithm);
    WorkClass usual = algorithm.signWork(key.version().material());
    return run(key, where(usual, digest), m -> algorithm.sign(m, digest, providers));
  }

  /** Verifies a signature over a digest; a wrong one is a result, not a failure. */
  public CompletionStage<Result<Boolean>> verify(
      KeyId id, SignAlgorithm algorithm, byte[] digest, byte[] signature) {
    FoundKey key = usable(id, KeyOperation.VERIFY, algorithm);
    WorkClass usual = algorithm.verifyWork(key.version().material());
    return run(key, where(usual, digest), m -> algorithm.verify(m, digest, signature, providers));
  }

  /** Encrypts. */
  public CompletionStage<Result<CipherAlgorithm.Output>> encrypt(
      KeyId id, CipherAlgorithm algorithm, CipherAlgorithm.Input plaintext) {
    return encrypt(id, KeyOperation.ENCRYPT, algorithm, plaintext);
  }

  /** Decrypts. */
  public CompletionStage<Result<CipherAlgorithm.Output>> decrypt(
      KeyId id, CipherAlgorithm algorithm, CipherAlgorithm.Input ciphertext) {
    return decrypt(id, KeyOperation.DECRYPT, algorithm, ciphertext);
  }

  /** Wraps a key of the caller. */
  public CompletionStage<Result<CipherAlgorithm.Output>> wrap(
      KeyId id, CipherAlgorithm algorithm, CipherAlgorithm.Input target) {
    return encrypt(id, KeyOperation.WRAP_KEY, algorithm, target);
  }

  /** Unwraps a key of the caller. */
  public CompletionStage<Result<CipherAlgorithm.Output>> unwrap(
      KeyId id, CipherAlgorithm algorithm, CipherAlgorithm.Input wrapped) {
    return decrypt(id, KeyOperation.UNWRAP_KEY, algorithm, wrapped);
  }

  private CompletionStage<Result<CipherAlgorithm.Output>> encrypt(
      KeyId id, KeyOperation operation, CipherAlgorithm algorithm, CipherAlgorithm.Input input) {
    FoundKey key = usable(id, operation, algorithm);
    WorkClass usual = algorithm.encryptWork(key.version().material());
    return run(key, where(usual, input.value()), m -> algorithm.encrypt(m, input, providers));
  }

  private CompletionStage<Result<CipherAlgorithm.Output>> decrypt(
      KeyId id, KeyOperation operation, CipherAlgorithm algorithm, CipherAlgorithm.Input input) {
    FoundKey key = usable(id, operation, algorithm);
    WorkClass usual = algorithm.decryptWork(key.version().material());
    return run(key, where(usual, input.value()), m -> algorithm.decrypt(m, input, providers));
  }

  private static WorkClass where(WorkClass usual, byte[] value) {
    return value.length > LARGE_BYTES ? WorkClass.CPU : usual;
  }

  private FoundKey usable(KeyId id, KeyOperation operation, KeyAlgorithm algorithm) {
    FoundKey key = Keys.find(ledger, id);
    key.version().requireUsable(operation, clock.instant());
    if (!algorithm.fits(key.version().material())) {
      throw Problems.algorithmMismatch(algorithm.wireName());
    }
    return key;
  }

  private <T> CompletionStage<Result<T>> run(
      FoundKey key, WorkClass workClass, Function<KeyMaterial, T> work) {
    KeyMaterial material = key.version().material();
    return workers.run(workClass, () -> new Result<>(key.id(), work.apply(material)));
  }
}
