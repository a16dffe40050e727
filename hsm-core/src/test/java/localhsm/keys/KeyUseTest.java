package localhsm.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import localhsm.crypto.CipherAlgorithm;
import localhsm.crypto.Curve;
import localhsm.crypto.KeyOperation;
import localhsm.crypto.KeyParameters;
import localhsm.crypto.Providers;
import localhsm.crypto.SignAlgorithm;
import localhsm.id.KeyId;
import localhsm.id.KeyName;
import localhsm.id.KeyVersion;
import localhsm.keys.wish.KeySettings;
import localhsm.keys.wish.NewKey;
import localhsm.problem.Problem;
import localhsm.problem.ProblemException;
import localhsm.work.WorkClass;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class KeyUseTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000L);
  private static final KeyName EC = new KeyName("ec");
  private static final KeyName RSA = new KeyName("rsa");
  private static final KeyName OCT = new KeyName("oct");
  private static final Providers PROVIDERS = Providers.bouncyCastle(new SecureRandom());

  private final InMemoryKeyLedger ledger = new InMemoryKeyLedger();
  private final SettableClock clock = new SettableClock(NOW);
  private final DirectWorkers workers = new DirectWorkers();
  private final Keys keys = new Keys(ledger, PROVIDERS, new DirectWorkers(), clock);
  private final KeyUse use = new KeyUse(ledger, PROVIDERS, workers, clock);
  private final byte[] digest = sha256("Local HSM");

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256")
          .digest(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static <T> T done(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  private static Problem problem(ThrowingCallable call) {
    return catchThrowableOfType(ProblemException.class, call).problem();
  }

  private FoundKey create(KeyName name, KeyParameters parameters) {
    return done(keys.create(wish(name, parameters, true, Optional.empty())));
  }

  private static NewKey wish(
      KeyName name,
      KeyParameters parameters,
      boolean enabled,
      Optional<List<KeyOperation>> operations) {
    return new NewKey(
        name,
        parameters,
        new KeySettings(
            operations,
            enabled,
            Optional.of(NOW),
            Optional.of(NOW.plusSeconds(10)),
            Map.of(),
            false,
            Optional.empty()));
  }

  private static CipherAlgorithm.Input input(byte[] value) {
    return CipherAlgorithm.Input.of(value);
  }

  private boolean verifies(KeyId id, byte[] signature) {
    return done(use.verify(id, SignAlgorithm.ES256, digest, signature)).value();
  }

  @Nested
  class AnEcKey {
    private FoundKey key;

    @BeforeEach
    void create() {
      key = KeyUseTest.this.create(EC, new KeyParameters.Ec(Curve.P_256));
    }

    @Test
    void signsAndVerifies() {
      KeyUse.Result<byte[]> signed = done(use.sign(KeyId.latest(EC), SignAlgorithm.ES256, digest));
      assertThat(signed.key()).isEqualTo(key.id());
      assertThat(verifies(KeyId.latest(EC), signed.value())).isTrue();
      signed.value()[5] ^= 1;
      assertThat(verifies(KeyId.latest(EC), signed.value())).isFalse();
    }

    @Test
    void signsWhereTheAlgorithmSays() {
      done(use.sign(KeyId.latest(EC), SignAlgorithm.ES256, digest));
      assertThat(workers.ran()).containsExactly(WorkClass.INLINE);
    }

    @Test
    void isUsedInTheVersionAddressed() {
      byte[] signature = done(use.sign(key.id(), SignAlgorithm.ES256, digest)).value();
      FoundKey second = KeyUseTest.this.create(EC, new KeyParameters.Ec(Curve.P_256));
      assertThat(verifies(key.id(), signature)).isTrue();
      assertThat(verifies(KeyId.latest(EC), signature)).isFalse();
      assertThat(done(use.sign(KeyId.latest(EC), SignAlgorithm.ES256, digest)).key())
          .isEqualTo(second.id());
    }

    @Test
    void refusesTheAlgorithmOfAnotherCurve() {
      assertThat(problem(() -> use.sign(KeyId.latest(EC), SignAlgorithm.ES256K, digest)).message())
          .isEqualTo("Key and algorithm do not match: ES256K");
      assertThat(workers.ran()).isEmpty();
    }

    @Test
    void refusesWhatItsOperationsLackBeforeTheAlgorithmIsLookedAt() {
      assertThat(
              problem(() -> use.encrypt(KeyId.latest(EC), CipherAlgorithm.RSA_OAEP, input(digest)))
                  .innerCode())
          .contains("KeyOperationForbidden");
    }

    @Test
    void onlyVerifiesWhenItsTimeIsOver() {
      byte[] signature = done(use.sign(KeyId.latest(EC), SignAlgorithm.ES256, digest)).value();
      clock.set(NOW.plusSeconds(10));
      assertThat(problem(() -> use.sign(KeyId.latest(EC), SignAlgorithm.ES256, digest)).innerCode())
          .contains("KeyExpired");
      assertThat(verifies(KeyId.latest(EC), signature)).isTrue();
    }
  }

  @Nested
  class AnRsaKey {
    @BeforeEach
    void create() {
      KeyUseTest.this.create(RSA, new KeyParameters.Rsa(2048, 65537));
    }

    @Test
    void decryptsWhatItEncrypts() {
      KeyId id = KeyId.latest(RSA);
      CipherAlgorithm algorithm = CipherAlgorithm.RSA_OAEP_256;
      CipherAlgorithm.Output encrypted = done(use.encrypt(id, algorithm, input(digest))).value();
      assertThat(done(use.decrypt(id, algorithm, input(encrypted.value()))).value().value())
          .isEqualTo(digest);
      assertThat(workers.ran()).containsExactly(WorkClass.INLINE, WorkClass.CPU);
    }

    @Test
    void unwrapsWhatItWraps() {
      KeyId id = KeyId.latest(RSA);
      CipherAlgorithm algorithm = CipherAlgorithm.RSA_OAEP;
      CipherAlgorithm.Output wrapped = done(use.wrap(id, algorithm, input(digest))).value();
      assertThat(done(use.unwrap(id, algorithm, input(wrapped.value()))).value().value())
          .isEqualTo(digest);
    }

    @Test
    void refusesTheAlgorithmOfAnotherType() {
      assertThat(problem(() -> use.sign(KeyId.latest(RSA), SignAlgorithm.ES256, digest)).message())
          .isEqualTo("Key and algorithm do not match: ES256");
    }
  }

  @Nested
  class ASymmetricKey {
    private final KeyId id = KeyId.latest(OCT);

    @BeforeEach
    void create() {
      KeyUseTest.this.create(OCT, new KeyParameters.Oct(256));
    }

    @Test
    void decryptsWhatItEncrypts() {
      CipherAlgorithm algorithm = CipherAlgorithm.A256GCM;
      CipherAlgorithm.Output made = done(use.encrypt(id, algorithm, input(digest))).value();
      CipherAlgorithm.Input sealed =
          new CipherAlgorithm.Input(made.value(), made.iv(), made.tag(), made.aad());
      assertThat(done(use.decrypt(id, algorithm, sealed)).value().value()).isEqualTo(digest);
      assertThat(workers.ran()).containsExactly(WorkClass.INLINE, WorkClass.INLINE);
    }

    @Test
    void keepsLargeValuesOffTheEventLoop() {
      byte[] large = new byte[9000];
      byte[] mac = done(use.sign(id, SignAlgorithm.HS256, large)).value();
      assertThat(done(use.verify(id, SignAlgorithm.HS256, large, mac)).value()).isTrue();
      byte[] wrapped = done(use.wrap(id, CipherAlgorithm.A256KW, input(large))).value().value();
      done(use.unwrap(id, CipherAlgorithm.A256KW, input(wrapped)));
      assertThat(workers.ran()).hasSize(4).containsOnly(WorkClass.CPU);
    }

    @Test
    void refusesTheAlgorithmOfAnotherSize() {
      assertThat(problem(() -> use.wrap(id, CipherAlgorithm.A128KW, input(digest))).message())
          .isEqualTo("Key and algorithm do not match: A128KW");
    }
  }

  @Test
  void isNotFoundWhenUnknown() {
    assertThat(problem(() -> use.sign(KeyId.latest(EC), SignAlgorithm.ES256, digest)).code())
        .isEqualTo("KeyNotFound");
    FoundKey key = create(EC, new KeyParameters.Ec(Curve.P_256));
    KeyId unknown = KeyId.of(key.name(), new KeyVersion("0".repeat(32)));
    assertThat(problem(() -> use.sign(unknown, SignAlgorithm.ES256, digest)).code())
        .isEqualTo("KeyNotFound");
  }

  @Test
  void isRefusedWhenDisabledEvenForAForeignAlgorithm() {
    done(keys.create(wish(EC, new KeyParameters.Ec(Curve.P_256), false, Optional.of(List.of()))));
    assertThat(problem(() -> use.sign(KeyId.latest(EC), SignAlgorithm.RS256, digest)).innerCode())
        .contains("KeyDisabled");
  }
}
