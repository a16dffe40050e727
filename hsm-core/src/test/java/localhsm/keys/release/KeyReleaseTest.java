package localhsm.keys.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;
import localhsm.crypto.CipherAlgorithm;
import localhsm.crypto.Curve;
import localhsm.crypto.EcMaterial;
import localhsm.crypto.KeyMaterial;
import localhsm.crypto.KeyOperation;
import localhsm.crypto.KeyParameters;
import localhsm.crypto.Providers;
import localhsm.crypto.RsaMaterial;
import localhsm.crypto.TransferMechanism;
import localhsm.id.KeyId;
import localhsm.id.KeyName;
import localhsm.keys.DirectWorkers;
import localhsm.keys.FoundKey;
import localhsm.keys.InMemoryKeyLedger;
import localhsm.keys.KeyUse;
import localhsm.keys.Keys;
import localhsm.keys.SettableClock;
import localhsm.keys.wish.ImportedKey;
import localhsm.keys.wish.KeySettings;
import localhsm.keys.wish.NewKey;
import localhsm.problem.Problem;
import localhsm.problem.ProblemException;
import localhsm.problem.Problems;
import localhsm.release.Attested;
import localhsm.release.ReleasePolicy;
import localhsm.release.ReleasePolicyCodec;
import localhsm.secret.SecretBytes;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeyReleaseTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000L);
  private static final KeyId ID = KeyId.latest(new KeyName("k"));
  private static final Providers PROVIDERS = Providers.bouncyCastle(new SecureRandom());
  private static final KeyPair ENVIRONMENT = rsa();
  private static final KeyParameters EC = new KeyParameters.Ec(Curve.P_256);
  private static final ReleasePolicy POLICY =
      ReleasePolicyCodec.read(
          """
          {"version":"1.0.0","anyOf":[{"authority":"https://a.example","allOf":\
          [{"claim":"tee","equals":"sgx"}]}]}""",
          false);

  private final InMemoryKeyLedger ledger = new InMemoryKeyLedger();
  private final SettableClock clock = new SettableClock(NOW);
  private final Keys keys = new Keys(ledger, PROVIDERS, new DirectWorkers(), clock);
  private final KeyRelease release = new KeyRelease(keys, PROVIDERS, new DirectWorkers(), clock);
  private int asked;

  private static KeyPair rsa() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static KeySettings settings(
      boolean enabled, boolean exportable, List<KeyOperation> operations) {
    return new KeySettings(
        operations.isEmpty() ? Optional.empty() : Optional.of(operations),
        enabled,
        Optional.of(NOW.plusSeconds(10)),
        Optional.of(NOW.plusSeconds(20)),
        Map.of(),
        exportable,
        exportable ? Optional.of(POLICY) : Optional.empty());
  }

  private FoundKey create(KeyParameters parameters, KeySettings settings) {
    return done(keys.create(new NewKey(ID.name(), parameters, settings)));
  }

  private FoundKey exportable(KeyParameters parameters) {
    return create(parameters, settings(true, true, List.of()));
  }

  private static <T> T done(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  private KeyRelease.Attestation attested(String issuer, String tee) {
    RSAPublicKey key = (RSAPublicKey) ENVIRONMENT.getPublic();
    Attested attested =
        new Attested(
            issuer,
            Map.of("tee", tee),
            Attested.WrappingKey.of("env", key.getModulus(), key.getPublicExponent())
                .orElseThrow());
    return () -> {
      asked++;
      return CompletableFuture.completedStage(attested);
    };
  }

  private KeyRelease.Attestation good() {
    return attested("https://a.example", "sgx");
  }

  private static Problem refusal(Supplier<CompletionStage<?>> call) {
    try {
      throw new AssertionError("done: " + done(call.get()));
    } catch (ProblemException e) {
      return e.problem();
    } catch (CompletionException e) {
      if (e.getCause() instanceof ProblemException no) {
        return no.problem();
      }
      throw e;
    }
  }

  private Problem refusalOfRelease(KeyRelease.Attestation attestation) {
    return refusal(() -> release.release(ID, TransferMechanism.CKM_RSA_AES_KEY_WRAP, attestation));
  }

  /** By the JDK: RSA-OAEP with both hashes the same. */
  private static byte[] oaep(String hash, byte[] ciphertext) {
    try {
      Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
      cipher.init(
          Cipher.DECRYPT_MODE,
          ENVIRONMENT.getPrivate(),
          new OAEPParameterSpec(
              hash, "MGF1", new MGF1ParameterSpec(hash), PSource.PSpecified.DEFAULT));
      return cipher.doFinal(ciphertext);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** By the JDK: the AES key in OAEP, then AES-KWP of the target. */
  private static byte[] unwrap(String hash, byte[] blob) {
    try {
      Key aes = new SecretKeySpec(oaep(hash, Arrays.copyOf(blob, 256)), "AES");
      Cipher cipher = Cipher.getInstance("AES/KWP/NoPadding");
      cipher.init(Cipher.UNWRAP_MODE, aes);
      return cipher
          .unwrap(Arrays.copyOfRange(blob, 256, blob.length), "any", Cipher.SECRET_KEY)
          .getEncoded();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  @Nested
  class AnExportableKey {
    @ParameterizedTest
    @EnumSource(TransferMechanism.class)
    void isWrappedForAnEnvironmentThatItsPolicyAdmits(TransferMechanism mechanism)
        throws Exception {
      FoundKey key = exportable(new KeyParameters.Rsa(2048, 65537));
      KeyRelease.Released released = done(release.release(ID, mechanism, good()));
      String hash =
          switch (mechanism) {
            case CKM_RSA_AES_KEY_WRAP -> "SHA-1";
            case RSA_AES_KEY_WRAP_256 -> "SHA-256";
            case RSA_AES_KEY_WRAP_384 -> "SHA-384";
          };
      byte[] pkcs8 = unwrap(hash, released.ciphertext());
      RSAPrivateCrtKey outside =
          (RSAPrivateCrtKey)
              KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      assertThat(outside.getModulus())
          .isEqualTo(((RsaMaterial) key.version().material()).modulus());
      assertThat(released.key().id()).isEqualTo(key.id());
      assertThat(released.target().kid()).isEqualTo("env");
    }

    @Test
    void mayBeOfAnEllipticCurve() throws Exception {
      FoundKey key = exportable(EC);
      byte[] pkcs8 =
          unwrap(
              "SHA-256",
              done(release.release(ID, TransferMechanism.RSA_AES_KEY_WRAP_256, good()))
                  .ciphertext());
      KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      assertThat(HexFormat.of().formatHex(pkcs8))
          .contains(HexFormat.of().formatHex(((EcMaterial) key.version().material()).x()));
    }

    @Test
    void leavesAsItsBytesWhenItIsSymmetric() {
      byte[] bytes = HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f");
      done(
          keys.importKey(
              new ImportedKey(
                  ID.name(),
                  () -> KeyMaterial.symmetric(SecretBytes.owning(bytes.clone())),
                  settings(true, true, List.of()))));
      byte[] blob =
          done(release.release(ID, TransferMechanism.CKM_RSA_AES_KEY_WRAP, good())).ciphertext();
      assertThat(unwrap("SHA-1", blob)).isEqualTo(bytes);
    }

    @Test
    void isReleasedBeforeAndAfterItsTime() {
      exportable(EC);
      for (long seconds : new long[] {0, 15, 20, 1000}) {
        clock.set(NOW.plusSeconds(seconds));
        assertThat(done(release.release(ID, TransferMechanism.CKM_RSA_AES_KEY_WRAP, good())))
            .isNotNull();
      }
    }

    @Test
    void isRefusedToEverybodyElseInOneWay() {
      exportable(EC);
      Problem refused = Problems.releaseRefused().problem();
      assertThat(refusalOfRelease(attested("https://b.example", "sgx"))).isEqualTo(refused);
      assertThat(refusalOfRelease(attested("https://a.example", "none"))).isEqualTo(refused);
    }

    @Test
    void isLookedAtAgainWhenTheAttestationHasCome() {
      exportable(EC);
      KeyRelease.Attestation slow =
          () -> {
            create(EC, settings(false, true, List.of()));
            return good().get();
          };
      assertThat(refusalOfRelease(slow).innerCode()).contains("KeyDisabled");
    }
  }

  @Nested
  class AKeyThatCannotLeave {
    @Test
    void causesNoLookAtTheAttestation() {
      assertThat(refusalOfRelease(good()).code()).isEqualTo("KeyNotFound");
      create(EC, settings(true, false, List.of()));
      assertThat(refusalOfRelease(good())).isEqualTo(Problems.releaseRefused().problem());
      create(EC, settings(false, true, List.of()));
      assertThat(refusalOfRelease(good()).innerCode()).contains("KeyDisabled");
      assertThat(asked).isZero();
    }
  }

  @Nested
  class SecureWrapping {
    private static final KeyParameters OCT = new KeyParameters.Oct(256);
    private final Instant inside = NOW.plusSeconds(15);

    @ParameterizedTest
    @EnumSource(
        value = CipherAlgorithm.class,
        names = {"A256KW", "A256KWPAD", "CKM_AES_KEY_WRAP", "CKM_AES_KEY_WRAP_PAD"})
    void givesAnAesKeyThatOnlyTheEnvironmentSees(CipherAlgorithm algorithm) {
      clock.set(inside);
      FoundKey key = create(OCT, settings(true, true, List.of()));
      KeyUse.Result<byte[]> wrapped = done(release.secureWrap(ID, algorithm));
      KeyUse.Result<byte[]> opened =
          done(release.secureUnwrap(ID, algorithm, wrapped.value(), good()));
      byte[] direct =
          algorithm
              .decrypt(
                  key.version().material(), CipherAlgorithm.Input.of(wrapped.value()), PROVIDERS)
              .value();
      assertThat(oaep("SHA-256", opened.value())).isEqualTo(direct).hasSize(32);
      assertThat(wrapped.key()).isEqualTo(key.id());
      assertThat(opened.key()).isEqualTo(key.id());
    }

    @Test
    void makesAnotherKeyEveryTime() {
      clock.set(inside);
      create(OCT, settings(true, false, List.of()));
      assertThat(done(release.secureWrap(ID, CipherAlgorithm.A256KW)).value())
          .isNotEqualTo(done(release.secureWrap(ID, CipherAlgorithm.A256KW)).value());
    }

    @Test
    void worksWithRsaToo() {
      clock.set(inside);
      create(new KeyParameters.Rsa(2048, 65537), settings(true, false, List.of()));
      byte[] wrapped = done(release.secureWrap(ID, CipherAlgorithm.RSA_OAEP_256)).value();
      byte[] opened =
          done(release.secureUnwrap(ID, CipherAlgorithm.RSA_OAEP_256, wrapped, good())).value();
      assertThat(oaep("SHA-256", opened)).hasSize(32);
    }

    @Test
    void isBoundByTheWindowAndUnwrappingIsNot() {
      clock.set(inside);
      create(OCT, settings(true, false, List.of()));
      byte[] wrapped = done(release.secureWrap(ID, CipherAlgorithm.A256KW)).value();
      clock.set(NOW.plusSeconds(20));
      assertThat(refusal(() -> release.secureWrap(ID, CipherAlgorithm.A256KW)).innerCode())
          .contains("KeyExpired");
      assertThat(done(release.secureUnwrap(ID, CipherAlgorithm.A256KW, wrapped, good())))
          .isNotNull();
    }

    @Test
    void needsTheOperationsOfTheKey() {
      clock.set(inside);
      create(OCT, settings(true, false, List.of(KeyOperation.ENCRYPT)));
      assertThat(refusal(() -> release.secureWrap(ID, CipherAlgorithm.A256KW)).innerCode())
          .contains("KeyOperationForbidden");
      assertThat(
              refusal(() -> release.secureUnwrap(ID, CipherAlgorithm.A256KW, new byte[40], good()))
                  .innerCode())
          .contains("KeyOperationForbidden");
      assertThat(asked).isZero();
    }

    @Test
    void takesTheAlgorithmsOfItsListThatFitTheKey() {
      clock.set(inside);
      create(OCT, settings(true, false, List.of()));
      for (CipherAlgorithm other :
          List.of(
              CipherAlgorithm.A256GCM,
              CipherAlgorithm.A256CBC,
              CipherAlgorithm.A128KW,
              CipherAlgorithm.RSA_OAEP,
              CipherAlgorithm.RSA_OAEP_256)) {
        assertThat(refusal(() -> release.secureWrap(ID, other)).message()).contains("do not match");
      }
    }

    @Test
    void opensOnlyForWhomThePolicyAdmits() {
      clock.set(inside);
      create(OCT, settings(true, true, List.of()));
      byte[] wrapped = done(release.secureWrap(ID, CipherAlgorithm.A256KW)).value();
      assertThat(
              refusal(
                  () ->
                      release.secureUnwrap(
                          ID,
                          CipherAlgorithm.A256KW,
                          wrapped,
                          attested("https://a.example", "none"))))
          .isEqualTo(Problems.releaseRefused().problem());
    }

    @Test
    void saysOfEveryFailureTheSame() {
      clock.set(inside);
      create(OCT, settings(true, false, List.of()));
      byte[] damaged = done(release.secureWrap(ID, CipherAlgorithm.A256KW)).value();
      damaged[3] ^= 1;
      for (byte[] wrong : List.of(damaged, new byte[0], new byte[7], new byte[40])) {
        assertThat(refusal(() -> release.secureUnwrap(ID, CipherAlgorithm.A256KW, wrong, good())))
            .isEqualTo(Problems.decryptionFailed().problem());
      }
    }

    @Test
    void carriesNothingThatIsTooLongForTheKeyOfTheEnvironment() {
      clock.set(inside);
      FoundKey key = create(OCT, settings(true, false, List.of()));
      byte[] longest = wrapped(key, 190);
      byte[] tooLong = wrapped(key, 191);
      assertThat(
              oaep(
                  "SHA-256",
                  done(release.secureUnwrap(ID, CipherAlgorithm.A256KWPAD, longest, good()))
                      .value()))
          .hasSize(190);
      assertThat(
              refusal(() -> release.secureUnwrap(ID, CipherAlgorithm.A256KWPAD, tooLong, good()))
                  .message())
          .contains("190");
    }

    private byte[] wrapped(FoundKey key, int length) {
      return CipherAlgorithm.A256KWPAD
          .encrypt(key.version().material(), CipherAlgorithm.Input.of(new byte[length]), PROVIDERS)
          .value();
    }
  }

  @Nested
  class TheKeyOfAnEnvironment {
    @Test
    void hasFrom2048To4096BitsAndAnOddExponent() {
      BigInteger n = ((RSAPublicKey) ENVIRONMENT.getPublic()).getModulus();
      BigInteger e = BigInteger.valueOf(65537);
      assertThat(Attested.WrappingKey.of("k", n, e)).isPresent();
      assertThat(Attested.WrappingKey.of("k", n.setBit(4095), e)).isPresent();
      assertThat(Attested.WrappingKey.of("k", n.setBit(4096), e)).isEmpty();
      assertThat(Attested.WrappingKey.of("k", n.shiftRight(1).setBit(0), e)).isEmpty();
      assertThat(Attested.WrappingKey.of("k", n.clearBit(0), e)).isEmpty();
      assertThat(Attested.WrappingKey.of("k", n.negate(), e)).isEmpty();
      assertThat(Attested.WrappingKey.of("k", n, BigInteger.ONE)).isEmpty();
      assertThat(Attested.WrappingKey.of("k", n, BigInteger.valueOf(65536))).isEmpty();
      assertThat(Attested.WrappingKey.of("k", n, n)).isEmpty();
      assertThat(Attested.WrappingKey.of("k", n, e.negate())).isEmpty();
    }
  }
}
