package localhsm.keys.release;

import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import localhsm.crypto.CipherAlgorithm;
import localhsm.crypto.KeyMaterial;
import localhsm.crypto.KeyOperation;
import localhsm.crypto.Providers;
import localhsm.crypto.TransferMechanism;
import localhsm.id.KeyId;
import localhsm.keys.FoundKey;
import localhsm.keys.KeyUse;
import localhsm.keys.KeyVersionRecord;
import localhsm.keys.Keys;
import localhsm.problem.Problems;
import localhsm.release.Attested;
import localhsm.release.ReleasePolicy;
import localhsm.secret.SecretBytes;
import localhsm.work.WorkClass;
import localhsm.work.Workers;

/**
 * Gives private keys to environments that a key's release policy admits, and makes and opens
 * wrapped keys that nobody but such an environment ever sees. An attestation is asked for only when
 * the key could be used at all, and the key is looked at again when it has come.
 *
 * <p>The service does not say how a securely unwrapped key travels. Here it is encrypted with
 * RSA-OAEP-256 to the key of the environment; a key with a release policy wants it met, one without
 * a policy wants an attestation that is believed.
 */
public final class KeyRelease {
  private static final int SECURE_KEY_BYTES = 32;

  private final Keys keys;
  private final Providers providers;
  private final Workers workers;
  private final Clock clock;

  /**
   * A key on its way.
   *
   * @param target the key that it is wrapped to
   * @param ciphertext the private key, wrapped
   */
  public record Released(FoundKey key, Attested.WrappingKey target, byte[] ciphertext) {}

  /** Gives a checked attestation, or fails. */
  @FunctionalInterface
  public interface Attestation extends Supplier<CompletionStage<Attested>> {}

  /**
   * Releases keys that it finds there.
   *
   * @param clock by which the windows of keys are judged
   */
  public KeyRelease(Keys keys, Providers providers, Workers workers, Clock clock) {
    this.keys = keys;
    this.providers = providers;
    this.workers = workers;
    this.clock = clock;
  }

  /** Wraps an exportable key for an environment that its policy admits. */
  public CompletionStage<Released> release(
      KeyId id, TransferMechanism mechanism, Attestation attestation) {
    releasable(id);
    return attestation
        .get()
        .thenCompose(
            attested -> {
              FoundKey key = releasable(id);
              require(attested, key.version().releasePolicy());
              return workers.run(WorkClass.CPU, () -> released(key, attested, mechanism));
            });
  }

  /** Makes an AES key of 256 bits and gives it away wrapped only. */
  public CompletionStage<KeyUse.Result<byte[]>> secureWrap(KeyId id, CipherAlgorithm algorithm) {
    FoundKey key = usable(id, KeyOperation.WRAP_KEY, algorithm);
    KeyMaterial material = key.version().material();
    return workers.run(
        algorithm.encryptWork(material),
        () -> {
          try (SecretBytes fresh = SecretBytes.random(SECURE_KEY_BYTES, providers.random())) {
            byte[] wrapped = algorithm.wrapSecret(material, fresh, providers);
            return new KeyUse.Result<>(key.id(), wrapped);
          }
        });
  }

  /** Unwraps a key and encrypts it again, for an environment that the policy admits, if any. */
  public CompletionStage<KeyUse.Result<byte[]>> secureUnwrap(
      KeyId id, CipherAlgorithm algorithm, byte[] wrapped, Attestation attestation) {
    usable(id, KeyOperation.UNWRAP_KEY, algorithm);
    return attestation
        .get()
        .thenCompose(
            attested -> {
              FoundKey key = usable(id, KeyOperation.UNWRAP_KEY, algorithm);
              if (key.version().releasePolicy().isPresent()) {
                require(attested, key.version().releasePolicy());
              }
              return workers.run(
                  WorkClass.CPU,
                  () -> {
                    try (SecretBytes opened =
                        algorithm.unwrapSecret(key.version().material(), wrapped, providers)) {
                      return new KeyUse.Result<>(key.id(), encrypt(attested.key(), opened));
                    }
                  });
            });
  }

  private FoundKey releasable(KeyId id) {
    FoundKey key = keys.get(id);
    key.version().requireUsable(KeyVersionRecord.Act.RELEASE);
    if (!key.version().attributes().exportable()) {
      throw Problems.releaseRefused();
    }
    return key;
  }

  private FoundKey usable(KeyId id, KeyOperation operation, CipherAlgorithm algorithm) {
    FoundKey key = keys.get(id);
    key.version().requireUsable(operation, clock.instant());
    if (!algorithm.secureWrap() || !algorithm.fits(key.version().material())) {
      throw Problems.algorithmMismatch(algorithm.wireName());
    }
    return key;
  }

  private static void require(Attested attested, Optional<ReleasePolicy> policy) {
    if (policy.filter(attested::satisfies).isEmpty()) {
      throw Problems.releaseRefused();
    }
  }

  private Released released(FoundKey key, Attested attested, TransferMechanism mechanism) {
    Attested.WrappingKey target = attested.key();
    try (SecretBytes encoded = key.version().source().bytes()) {
      byte[] ciphertext = mechanism.wrap(target.modulus(), target.exponent(), encoded, providers);
      return new Released(key, target, ciphertext);
    }
  }

  private byte[] encrypt(Attested.WrappingKey target, SecretBytes secret) {
    return TransferMechanism.encryptDirectly(
        target.modulus(), target.exponent(), secret, providers);
  }
}
