package localhsm.keys;

import java.time.Clock;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import localhsm.crypto.EncryptAlgorithm;
import localhsm.crypto.KeyAlgorithm;
import localhsm.crypto.KeyMaterial;
import localhsm.crypto.KeyOperation;
import localhsm.crypto.Providers;
import localhsm.crypto.SignAlgorithm;
import localhsm.crypto.WrapAlgorithm;
import localhsm.id.KeyId;
import localhsm.problem.Problems;
import localhsm.work.WorkClass;
import localhsm.work.Workers;

/**
 * The cryptography of stored keys. Each call finds the key, decides whether it may be used now,
 * whether the algorithm fits, and then runs where its work class says.
 */
public final class KeyUse {
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
    return run(key, algorithm::signWork, m -> algorithm.sign(m, digest, providers));
  }

  /** Verifies a signature over a digest; a wrong one is a result, not a failure. */
  public CompletionStage<Result<Boolean>> verify(
      KeyId id, SignAlgorithm algorithm, byte[] digest, byte[] signature) {
    FoundKey key = usable(id, KeyOperation.VERIFY, algorithm);
    return run(key, algorithm::verifyWork, m -> algorithm.verify(m, digest, signature, providers));
  }

  /** Encrypts. */
  public CompletionStage<Result<byte[]>> encrypt(
      KeyId id, EncryptAlgorithm algorithm, byte[] plaintext) {
    FoundKey key = usable(id, KeyOperation.ENCRYPT, algorithm);
    return run(key, algorithm::encryptWork, m -> algorithm.encrypt(m, plaintext, providers));
  }

  /** Decrypts. */
  public CompletionStage<Result<byte[]>> decrypt(
      KeyId id, EncryptAlgorithm algorithm, byte[] ciphertext) {
    FoundKey key = usable(id, KeyOperation.DECRYPT, algorithm);
    return run(key, algorithm::decryptWork, m -> algorithm.decrypt(m, ciphertext, providers));
  }

  /** Wraps a key of the caller. */
  public CompletionStage<Result<byte[]>> wrap(KeyId id, WrapAlgorithm algorithm, byte[] target) {
    FoundKey key = usable(id, KeyOperation.WRAP_KEY, algorithm);
    return run(key, algorithm::wrapWork, m -> algorithm.wrap(m, target, providers));
  }

  /** Unwraps a key of the caller. */
  public CompletionStage<Result<byte[]>> unwrap(KeyId id, WrapAlgorithm algorithm, byte[] wrapped) {
    FoundKey key = usable(id, KeyOperation.UNWRAP_KEY, algorithm);
    return run(key, algorithm::unwrapWork, m -> algorithm.unwrap(m, wrapped, providers));
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
      FoundKey key, Function<KeyMaterial, WorkClass> workClass, Function<KeyMaterial, T> work) {
    KeyMaterial material = key.version().material();
    return workers.run(
        workClass.apply(material), () -> new Result<>(key.id(), work.apply(material)));
  }
}
