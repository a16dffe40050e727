package localhsm.crypto;

import static localhsm.crypto.TestKeys.OCT_256;
import static localhsm.crypto.TestKeys.PROVIDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import localhsm.problem.Problems;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AesGcmSchemeTest {
  private static final CipherAlgorithm ALGORITHM = CipherAlgorithm.A256GCM;

  static Stream<Arguments> everyAlgorithmAndChoice() {
    return TestKeys.everyChoice().stream()
        .flatMap(
            choice ->
                Stream.of(
                    arguments(CipherAlgorithm.A128GCM, TestKeys.OCT_128, choice),
                    arguments(CipherAlgorithm.A192GCM, TestKeys.OCT_192, choice),
                    arguments(CipherAlgorithm.A256GCM, OCT_256, choice)));
  }

  private static CipherAlgorithm.Input input(CipherAlgorithm.Output output) {
    return new CipherAlgorithm.Input(output.value(), output.iv(), output.tag(), output.aad());
  }

  private static CipherAlgorithm.Input plain(byte[] value, Optional<byte[]> aad) {
    return new CipherAlgorithm.Input(value, Optional.empty(), Optional.empty(), aad);
  }

  @Nested
  class APlaintext {

    @ParameterizedTest
    @MethodSource("localhsm.crypto.AesGcmSchemeTest#everyAlgorithmAndChoice")
    void isReadByTheJdkAndComesBack(CipherAlgorithm algorithm, OctMaterial key, Providers providers)
        throws Exception {
      byte[] aad = TestKeys.bytes(20);
      for (int length : new int[] {0, 1, 15, 16, 17, 100_000}) {
        byte[] plaintext = TestKeys.bytes(length);
        CipherAlgorithm.Output made =
            algorithm.encrypt(key, plain(plaintext, Optional.of(aad)), providers);
        assertThat(made.value()).hasSize(length);
        assertThat(made.iv().orElseThrow()).hasSize(12);
        assertThat(made.tag().orElseThrow()).hasSize(16);
        assertThat(made.aad()).contains(aad);
        Cipher jdk = Cipher.getInstance("AES/GCM/NoPadding", "SunJCE");
        GCMParameterSpec parameters = new GCMParameterSpec(128, made.iv().orElseThrow());
        jdk.init(Cipher.DECRYPT_MODE, key.secretKey(), parameters);
        jdk.updateAAD(aad);
        byte[] start = jdk.update(made.value());
        byte[] end = jdk.doFinal(made.tag().orElseThrow());
        assertThat(start == null ? end : TestKeys.joined(start, end)).isEqualTo(plaintext);
        CipherAlgorithm.Output back = algorithm.decrypt(key, input(made), providers);
        assertThat(back.value()).isEqualTo(plaintext);
        assertThat(back.iv()).isEmpty();
        assertThat(back.tag()).isEmpty();
        assertThat(back.aad()).isEmpty();
      }
    }

    @Test
    void needsNoAssociatedData() {
      byte[] plaintext = TestKeys.bytes(7);
      CipherAlgorithm.Output made =
          ALGORITHM.encrypt(OCT_256, CipherAlgorithm.Input.of(plaintext), PROVIDERS);
      assertThat(made.aad()).isEmpty();
      assertThat(ALGORITHM.decrypt(OCT_256, input(made), PROVIDERS).value()).isEqualTo(plaintext);
    }

    @Test
    void neverMeetsANonceTwice() {
      Set<String> nonces = new HashSet<>();
      CipherAlgorithm.Input same = CipherAlgorithm.Input.of(new byte[5]);
      for (int i = 0; i < 1000; i++) {
        byte[] nonce = ALGORITHM.encrypt(OCT_256, same, PROVIDERS).iv().orElseThrow();
        assertThat(nonces.add(HexFormat.of().formatHex(nonce))).isTrue();
      }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 12, 16})
    void isRefusedWithANonceOfTheCaller(int length) {
      CipherAlgorithm.Input own =
          new CipherAlgorithm.Input(
              new byte[5], Optional.of(new byte[length]), Optional.empty(), Optional.empty());
      assertThat(TestKeys.refusal(() -> ALGORITHM.encrypt(OCT_256, own, PROVIDERS)))
          .isEqualTo(
              Problems.badParameter("Property iv must be absent: A256GCM makes its own.")
                  .problem());
    }
  }

  @Nested
  class ACiphertext {
    private final byte[] aad = TestKeys.bytes(9);
    private final CipherAlgorithm.Output right =
        ALGORITHM.encrypt(OCT_256, plain(TestKeys.bytes(33), Optional.of(aad)), PROVIDERS);
    private final byte[] iv = right.iv().orElseThrow();
    private final byte[] tag = right.tag().orElseThrow();

    @Test
    void failsAlwaysAlikeWhenAnythingDiffers() {
      for (Providers providers : TestKeys.everyChoice()) {
        for (CipherAlgorithm.Input wrong : wrongOnes()) {
          assertThat(TestKeys.refusal(() -> ALGORITHM.decrypt(OCT_256, wrong, providers)))
              .isEqualTo(Problems.decryptionFailed().problem());
        }
        assertThat(
                TestKeys.refusal(
                    () ->
                        CipherAlgorithm.A192GCM.decrypt(TestKeys.OCT_192, input(right), providers)))
            .isEqualTo(Problems.decryptionFailed().problem());
      }
    }

    private List<CipherAlgorithm.Input> wrongOnes() {
      List<CipherAlgorithm.Input> wrong = new ArrayList<>();
      TestKeys.flips(right.value()).forEach(value -> wrong.add(sealed(value, iv, tag, aad)));
      TestKeys.flips(iv).forEach(other -> wrong.add(sealed(right.value(), other, tag, aad)));
      TestKeys.flips(tag).forEach(other -> wrong.add(sealed(right.value(), iv, other, aad)));
      TestKeys.flips(aad).forEach(other -> wrong.add(sealed(right.value(), iv, tag, other)));
      for (int length : new int[] {0, 1, 11, 13, 16}) {
        wrong.add(sealed(right.value(), Arrays.copyOf(iv, length), tag, aad));
      }
      for (int length : new int[] {0, 1, 12, 15, 17, 32}) {
        wrong.add(sealed(right.value(), iv, Arrays.copyOf(tag, length), aad));
      }
      wrong.add(sealed(right.value(), iv, tag, new byte[0]));
      wrong.add(
          new CipherAlgorithm.Input(right.value(), right.iv(), right.tag(), Optional.empty()));
      wrong.add(sealed(new byte[0], iv, tag, aad));
      wrong.add(sealed(TestKeys.joined(right.value(), tag), iv, tag, aad));
      return wrong;
    }

    private CipherAlgorithm.Input sealed(byte[] value, byte[] nonce, byte[] mac, byte[] data) {
      return new CipherAlgorithm.Input(
          value, Optional.of(nonce), Optional.of(mac), Optional.of(data));
    }

    @Test
    void needsItsNonceAndItsTag() {
      CipherAlgorithm.Input noIv =
          new CipherAlgorithm.Input(right.value(), Optional.empty(), right.tag(), right.aad());
      CipherAlgorithm.Input noTag =
          new CipherAlgorithm.Input(right.value(), right.iv(), Optional.empty(), right.aad());
      assertThat(TestKeys.refusal(() -> ALGORITHM.decrypt(OCT_256, noIv, PROVIDERS)))
          .isEqualTo(Problems.badParameter("Property iv is required.").problem());
      assertThat(TestKeys.refusal(() -> ALGORITHM.decrypt(OCT_256, noTag, PROVIDERS)))
          .isEqualTo(Problems.badParameter("Property tag is required.").problem());
    }
  }
}
