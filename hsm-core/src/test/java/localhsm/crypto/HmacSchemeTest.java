package localhsm.crypto;

import static localhsm.crypto.TestKeys.PROVIDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import localhsm.work.WorkClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HmacSchemeTest {
  private static final List<SignAlgorithm> ALGORITHMS =
      List.of(SignAlgorithm.HS256, SignAlgorithm.HS384, SignAlgorithm.HS512);

  static Stream<Arguments> everyPair() {
    return ALGORITHMS.stream()
        .flatMap(algorithm -> TestKeys.oct().map(key -> arguments(algorithm, key)));
  }

  private static int bits(SignAlgorithm algorithm) {
    return Integer.parseInt(algorithm.name().substring(2));
  }

  @ParameterizedTest
  @MethodSource("everyPair")
  void authenticatesValuesOfEveryLengthAsTheJdkDoes(SignAlgorithm algorithm, OctMaterial key)
      throws Exception {
    for (int length : new int[] {0, 1, 32, 48, 64, 65, 200_000}) {
      byte[] value = TestKeys.bytes(length);
      Mac jdk = Mac.getInstance("HmacSHA" + bits(algorithm), "SunJCE");
      jdk.init(new SecretKeySpec(key.encoded().expose(), "HMAC"));
      byte[] expected = jdk.doFinal(value);
      for (Providers providers : TestKeys.everyChoice()) {
        assertThat(algorithm.sign(key, value, providers)).isEqualTo(expected);
        assertThat(algorithm.verify(key, value, expected, providers)).isTrue();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("everyPair")
  void isFalseForEveryOtherMac(SignAlgorithm algorithm, OctMaterial key) {
    byte[] value = TestKeys.bytes(32);
    byte[] right = algorithm.sign(key, value, PROVIDERS);
    assertThat(right).hasSize(bits(algorithm) / 8);
    TestKeys.flips(right)
        .forEach(wrong -> assertThat(algorithm.verify(key, value, wrong, PROVIDERS)).isFalse());
    for (int length = 0; length <= right.length + 1; length++) {
      assertThat(algorithm.verify(key, value, Arrays.copyOf(right, length), PROVIDERS))
          .isEqualTo(length == right.length);
    }
    assertThat(algorithm.verify(key, new byte[32], right, PROVIDERS)).isFalse();
  }

  @ParameterizedTest
  @MethodSource("everyPair")
  void runsOnTheEventLoop(SignAlgorithm algorithm, OctMaterial key) {
    assertThat(algorithm.signWork(key)).isEqualTo(WorkClass.INLINE);
    assertThat(algorithm.verifyWork(key)).isEqualTo(WorkClass.INLINE);
  }
}
