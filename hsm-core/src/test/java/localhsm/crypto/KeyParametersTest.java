package localhsm.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import localhsm.problem.ProblemException;
import localhsm.problem.Problems;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyParametersTest {

  @ParameterizedTest
  @CsvSource({"2048, 65537", "2048, 3", "3072, 65537", "3072, 3", "4096, 65537", "4096, 3"})
  void acceptTheSizesAndExponentsOfTheHsm(int bits, int exponent) {
    KeyParameters.Rsa asked = new KeyParameters.Rsa(bits, exponent);
    assertThat(asked.modulusBits()).isEqualTo(bits);
    assertThat(asked.publicExponent()).isEqualTo(exponent);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1024, 2047, 2049, 2056, 8192, Integer.MAX_VALUE})
  void refuseOtherSizes(int bits) {
    assertThat(
            catchThrowableOfType(ProblemException.class, () -> new KeyParameters.Rsa(bits, 65537))
                .problem())
        .isEqualTo(Problems.invalidKeySize(Integer.toString(bits)).problem());
  }

  @ParameterizedTest
  @ValueSource(ints = {-3, 0, 1, 2, 4, 17, 65536, 65538})
  void refuseOtherExponents(int exponent) {
    assertThat(
            catchThrowableOfType(
                    ProblemException.class, () -> new KeyParameters.Rsa(2048, exponent))
                .problem()
                .code())
        .isEqualTo("BadParameter");
  }

  @ParameterizedTest
  @ValueSource(ints = {128, 192, 256})
  void makeSymmetricKeysOfTheSizeAskedFor(int bits) {
    KeyParameters asked = new KeyParameters.Oct(bits);
    KeyMaterial key = asked.generate(TestKeys.PROVIDERS);
    assertThat(key.bits()).isEqualTo(bits);
    assertThat(asked.generate(TestKeys.PROVIDERS).encoded()).isNotEqualTo(key.encoded());
  }

  @ParameterizedTest
  @ValueSource(ints = {-128, 0, 64, 127, 160, 384, 512})
  void refuseSymmetricKeysOfOtherSizes(int bits) {
    assertThat(TestKeys.refusal(() -> new KeyParameters.Oct(bits)))
        .isEqualTo(Problems.invalidKeySize(Integer.toString(bits)).problem());
  }

  @ParameterizedTest
  @EnumSource(Curve.class)
  void makeKeysOnTheCurveAskedFor(Curve curve) {
    EcMaterial key = (EcMaterial) new KeyParameters.Ec(curve).generate(TestKeys.PROVIDERS);
    assertThat(key.curve()).isEqualTo(curve);
    assertThat(Curve.fromWire(curve.wireName())).contains(curve);
    assertThat(Curve.fromWire("P-257")).isEmpty();
  }
}
