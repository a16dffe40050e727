package localhsm.crypto;

import static localhsm.crypto.TestKeys.OCT_256;
import static localhsm.crypto.TestKeys.PROVIDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import localhsm.problem.Problems;
import org.bouncycastle.crypto.Wrapper;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.engines.RFC3394WrapEngine;
import org.bouncycastle.crypto.engines.RFC5649WrapEngine;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class AesWrapSchemeTest {

  static Stream<Arguments> everyFittingPairAndChoice() {
    return Stream.of(CipherAlgorithm.values())
        .filter(algorithm -> algorithm.wireName().matches("A.*KW(PAD)?|CKM.*"))
        .flatMap(
            algorithm ->
                TestKeys.oct()
                    .filter(algorithm::fits)
                    .flatMap(
                        key ->
                            TestKeys.everyChoice().stream()
                                .map(choice -> arguments(algorithm, key, choice))));
  }

  private static boolean pads(CipherAlgorithm algorithm) {
    return algorithm.wireName().endsWith("PAD");
  }

  private static CipherAlgorithm.Input input(byte[] value) {
    return new CipherAlgorithm.Input(
        value, Optional.of(new byte[3]), Optional.of(new byte[3]), Optional.of(new byte[3]));
  }

  private static byte[] byBouncyCastle(CipherAlgorithm algorithm, OctMaterial key, byte[] value) {
    AESEngine aes = new AESEngine();
    Wrapper wrapper = pads(algorithm) ? new RFC5649WrapEngine(aes) : new RFC3394WrapEngine(aes);
    wrapper.init(true, new KeyParameter(key.encoded().expose()));
    return wrapper.wrap(value, 0, value.length);
  }

  @ParameterizedTest
  @MethodSource("everyFittingPairAndChoice")
  void agreesWithOtherImplementations(
      CipherAlgorithm algorithm, OctMaterial key, Providers providers) throws Exception {
    int step = pads(algorithm) ? 1 : 8;
    for (int length = pads(algorithm) ? 1 : 16; length <= 64; length += step) {
      byte[] value = TestKeys.bytes(length);
      CipherAlgorithm.Output made = algorithm.encrypt(key, input(value), providers);
      assertThat(made.value()).isEqualTo(byBouncyCastle(algorithm, key, value));
      assertThat(made.iv()).isEmpty();
      assertThat(made.tag()).isEmpty();
      assertThat(made.aad()).isEmpty();
      Cipher jdk =
          Cipher.getInstance(pads(algorithm) ? "AES/KWP/NoPadding" : "AES/KW/NoPadding", "SunJCE");
      jdk.init(Cipher.DECRYPT_MODE, key.secretKey());
      assertThat(jdk.doFinal(made.value())).isEqualTo(value);
      assertThat(algorithm.decrypt(key, input(made.value()), providers).value()).isEqualTo(value);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"A256KW", "CKM_AES_KEY_WRAP"})
  void takesMultiplesOfEightFromSixteenOn(CipherAlgorithm algorithm) {
    for (int length : new int[] {0, 1, 7, 8, 15, 17, 20, 23, 25}) {
      assertThat(
              TestKeys.refusal(
                  () -> algorithm.encrypt(OCT_256, input(new byte[length]), PROVIDERS)))
          .isEqualTo(
              Problems.badParameter(
                      "Invalid value: "
                          + algorithm.wireName()
                          + " takes a multiple of 8 bytes, at least 16.")
                  .problem());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"A256KWPAD", "CKM_AES_KEY_WRAP_PAD"})
  void takesAnythingButNothingWithPadding(CipherAlgorithm algorithm) {
    assertThat(TestKeys.refusal(() -> algorithm.encrypt(OCT_256, input(new byte[0]), PROVIDERS)))
        .isEqualTo(
            Problems.badParameter(
                    "Invalid value: " + algorithm.wireName() + " takes at least 1 byte.")
                .problem());
  }

  @ParameterizedTest
  @MethodSource("everyFittingPairAndChoice")
  void failsAlwaysAlike(CipherAlgorithm algorithm, OctMaterial key, Providers providers) {
    for (byte[] wrong : wrongOnes(algorithm, key)) {
      assertThat(TestKeys.refusal(() -> algorithm.decrypt(key, input(wrong), providers)))
          .isEqualTo(Problems.decryptionFailed().problem());
    }
  }

  private static List<byte[]> wrongOnes(CipherAlgorithm algorithm, OctMaterial key) {
    byte[] value = TestKeys.bytes(32);
    byte[] right = byBouncyCastle(algorithm, key, value);
    List<byte[]> wrong = new ArrayList<>(TestKeys.flips(right));
    for (int length = 0; length <= 64; length++) {
      wrong.add(new byte[length]);
      wrong.add(TestKeys.bytes(length));
      if (length != right.length) {
        wrong.add(Arrays.copyOf(right, length));
      }
    }
    CipherAlgorithm other =
        pads(algorithm) ? CipherAlgorithm.CKM_AES_KEY_WRAP : CipherAlgorithm.CKM_AES_KEY_WRAP_PAD;
    wrong.add(byBouncyCastle(other, key, value));
    if (pads(algorithm)) {
      return wrong;
    }
    // RFC 3394 knows no such thing, but implementations do.
    wrong.add(byBouncyCastle(algorithm, key, new byte[8]));
    return wrong;
  }

  @Test
  void takesLargeValues() {
    byte[] value = TestKeys.bytes(100_000);
    byte[] made = CipherAlgorithm.A256KW.encrypt(OCT_256, input(value), PROVIDERS).value();
    assertThat(CipherAlgorithm.A256KW.decrypt(OCT_256, input(made), PROVIDERS).value())
        .isEqualTo(value);
  }
}
