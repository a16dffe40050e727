package localhsm.crypto;

import static localhsm.crypto.TestKeys.OCT_256;
import static localhsm.crypto.TestKeys.PROVIDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import localhsm.problem.Problem;
import localhsm.problem.Problems;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AesCbcSchemeTest {
  private static final Problem FAILED = Problems.decryptionFailed().problem();

  private final byte[] iv = TestKeys.bytes(16);

  static Stream<Arguments> everyAlgorithmAndChoice() {
    return TestKeys.everyChoice().stream()
        .flatMap(
            choice ->
                Stream.of(
                    arguments(CipherAlgorithm.A128CBC, TestKeys.OCT_128, choice),
                    arguments(CipherAlgorithm.A192CBC, TestKeys.OCT_192, choice),
                    arguments(CipherAlgorithm.A256CBC, OCT_256, choice),
                    arguments(CipherAlgorithm.A128CBCPAD, TestKeys.OCT_128, choice),
                    arguments(CipherAlgorithm.A192CBCPAD, TestKeys.OCT_192, choice),
                    arguments(CipherAlgorithm.A256CBCPAD, OCT_256, choice)));
  }

  private static CipherAlgorithm.Input input(byte[] value, byte[] iv) {
    return new CipherAlgorithm.Input(
        value, Optional.of(iv), Optional.empty(), Optional.of(new byte[] {1}));
  }

  private byte[] jdk(int mode, OctMaterial key, String padding, byte[] value) throws Exception {
    Cipher cipher = Cipher.getInstance("AES/CBC/" + padding, "SunJCE");
    cipher.init(mode, key.secretKey(), new IvParameterSpec(iv));
    return cipher.doFinal(value);
  }

  @ParameterizedTest
  @MethodSource("everyAlgorithmAndChoice")
  void agreesWithTheJdk(CipherAlgorithm algorithm, OctMaterial key, Providers providers)
      throws Exception {
    boolean pads = algorithm.wireName().endsWith("PAD");
    for (int length : new int[] {1, 15, 16, 17, 31, 32, 200, 100_000}) {
      byte[] plaintext = TestKeys.bytes(length);
      byte[] whole = pads ? plaintext : Arrays.copyOf(plaintext, (length + 15) / 16 * 16);
      byte[] expected = jdk(Cipher.ENCRYPT_MODE, key, pads ? "PKCS5Padding" : "NoPadding", whole);
      CipherAlgorithm.Output made = algorithm.encrypt(key, input(plaintext, iv), providers);
      assertThat(made.value()).isEqualTo(expected);
      assertThat(made.iv()).contains(iv);
      assertThat(made.tag()).isEmpty();
      assertThat(made.aad()).isEmpty();
      CipherAlgorithm.Output back = algorithm.decrypt(key, input(made.value(), iv), providers);
      assertThat(back.value()).isEqualTo(whole);
      assertThat(back.iv()).isEmpty();
    }
  }

  @Nested
  class AnEncryption {

    @ParameterizedTest
    @EnumSource(names = {"A256CBC", "A256CBCPAD"})
    void makesItsInitializationVectorWhenNoneIsGiven(CipherAlgorithm algorithm) {
      CipherAlgorithm.Input plain = CipherAlgorithm.Input.of(new byte[32]);
      CipherAlgorithm.Output made = algorithm.encrypt(OCT_256, plain, PROVIDERS);
      byte[] fresh = made.iv().orElseThrow();
      assertThat(fresh).hasSize(16);
      assertThat(algorithm.encrypt(OCT_256, plain, PROVIDERS).iv().orElseThrow())
          .isNotEqualTo(fresh);
      assertThat(algorithm.decrypt(OCT_256, input(made.value(), fresh), PROVIDERS).value())
          .isEqualTo(new byte[32]);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 12, 15, 17, 32})
    void isRefusedUnderAnInitializationVectorOfAnotherLength(int length) {
      CipherAlgorithm.Input wrong = input(new byte[16], new byte[length]);
      assertThat(TestKeys.refusal(() -> CipherAlgorithm.A256CBC.encrypt(OCT_256, wrong, PROVIDERS)))
          .isEqualTo(Problems.badParameter("Property iv must have 16 bytes.").problem());
    }

    @Test
    void ofNothingNeedsPadding() {
      CipherAlgorithm.Input nothing = input(new byte[0], iv);
      assertThat(
              TestKeys.refusal(() -> CipherAlgorithm.A256CBC.encrypt(OCT_256, nothing, PROVIDERS)))
          .isEqualTo(
              Problems.badParameter("Invalid value: A256CBC takes at least 1 byte.").problem());
      byte[] made = CipherAlgorithm.A256CBCPAD.encrypt(OCT_256, nothing, PROVIDERS).value();
      assertThat(made).hasSize(16);
      assertThat(CipherAlgorithm.A256CBCPAD.decrypt(OCT_256, input(made, iv), PROVIDERS).value())
          .isEmpty();
    }
  }

  @Nested
  class ADecryption {

    @ParameterizedTest
    @EnumSource(names = {"A256CBC", "A256CBCPAD"})
    void failsForWhatIsNotWholeBlocks(CipherAlgorithm algorithm) {
      for (int length : new int[] {0, 1, 15, 17, 31, 33}) {
        assertThat(
                TestKeys.refusal(
                    () -> algorithm.decrypt(OCT_256, input(new byte[length], iv), PROVIDERS)))
            .isEqualTo(FAILED);
      }
    }

    @ParameterizedTest
    @EnumSource(names = {"A256CBC", "A256CBCPAD"})
    void failsUnderAnInitializationVectorOfAnotherLength(CipherAlgorithm algorithm) {
      for (int length : new int[] {0, 12, 15, 17, 32}) {
        assertThat(
                TestKeys.refusal(
                    () ->
                        algorithm.decrypt(
                            OCT_256, input(new byte[32], new byte[length]), PROVIDERS)))
            .isEqualTo(FAILED);
      }
    }

    @ParameterizedTest
    @EnumSource(names = {"A256CBC", "A256CBCPAD"})
    void needsTheInitializationVector(CipherAlgorithm algorithm) {
      CipherAlgorithm.Input bare = CipherAlgorithm.Input.of(new byte[16]);
      assertThat(TestKeys.refusal(() -> algorithm.decrypt(OCT_256, bare, PROVIDERS)))
          .isEqualTo(Problems.badParameter("Property iv is required.").problem());
    }

    @Test
    void failsForEveryWrongPaddingAndNoOther() throws Exception {
      for (int last = 0; last < 256; last++) {
        for (int filler : new int[] {last, last ^ 1}) {
          byte[] blocks = new byte[32];
          Arrays.fill(blocks, Math.max(0, 31 - last), 31, (byte) filler);
          blocks[31] = (byte) last;
          boolean right = last == 1 || (last > 1 && last <= 16 && filler == last);
          byte[] ciphertext = jdk(Cipher.ENCRYPT_MODE, OCT_256, "NoPadding", blocks);
          assertPadding(ciphertext, right ? 32 - last : -1);
        }
      }
    }

    /** Each byte of the padding counts. */
    @Test
    void failsWhenOneByteOfThePaddingIsWrong() throws Exception {
      for (int count = 1; count <= 16; count++) {
        for (int wrong = 16 - count; wrong < 15; wrong++) {
          byte[] block = new byte[16];
          Arrays.fill(block, 16 - count, 16, (byte) count);
          block[wrong] ^= 1;
          assertPadding(jdk(Cipher.ENCRYPT_MODE, OCT_256, "NoPadding", block), -1);
        }
      }
    }

    private void assertPadding(byte[] ciphertext, int expectedLength) {
      CipherAlgorithm algorithm = CipherAlgorithm.A256CBCPAD;
      if (expectedLength < 0) {
        assertThat(
                TestKeys.refusal(
                    () -> algorithm.decrypt(OCT_256, input(ciphertext, iv), PROVIDERS)))
            .isEqualTo(FAILED);
      } else {
        assertThat(algorithm.decrypt(OCT_256, input(ciphertext, iv), PROVIDERS).value())
            .hasSize(expectedLength);
      }
    }
  }
}
