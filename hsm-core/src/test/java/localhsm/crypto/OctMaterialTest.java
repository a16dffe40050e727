package localhsm.crypto;

import static localhsm.crypto.TestKeys.PROVIDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import localhsm.problem.Problem;
import localhsm.problem.Problems;
import localhsm.secret.SecretBytes;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OctMaterialTest {

  @ParameterizedTest
  @ValueSource(ints = {128, 192, 256})
  void showsNothingButItsSize(int bits) {
    KeyMaterial key = new KeyParameters.Oct(bits).generate(PROVIDERS);
    assertThat(key.toString()).isEqualTo("OctMaterial[" + bits + "]");
    assertThat(key.type()).isEqualTo(KeyType.OCT);
    assertThat(key.bits()).isEqualTo(bits);
    assertThat(key.parameters()).isEqualTo(new KeyParameters.Oct(bits));
  }

  @Nested
  class AnEncodedKey {

    @ParameterizedTest
    @ValueSource(ints = {128, 192, 256})
    void isItsBytesAndComesBackWhole(int bits) {
      KeyMaterial key = new KeyParameters.Oct(bits).generate(PROVIDERS);
      assertThat(key.encoded().length()).isEqualTo(bits / 8);
      KeyMaterial back = KeyMaterial.decode(KeyType.OCT, key.encoded(), PROVIDERS);
      assertThat(back.encoded()).isEqualTo(key.encoded());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 17, 31, 33, 64})
    void isRefusedWhenItsLengthDiffers(int length) {
      SecretBytes wrong = SecretBytes.owning(new byte[length]);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> KeyMaterial.decode(KeyType.OCT, wrong, PROVIDERS));
    }
  }

  @Nested
  class AKeyFromOutside {

    @ParameterizedTest
    @ValueSource(ints = {16, 24, 32})
    void isCopied(int length) {
      SecretBytes given = SecretBytes.random(length, TestKeys.RANDOM);
      SecretBytes copy = given.copy();
      KeyMaterial imported = KeyMaterial.symmetric(given);
      KeyMaterial transferred = KeyMaterial.transferred(KeyType.OCT, given);
      given.close();
      assertThat(imported.encoded()).isEqualTo(copy);
      assertThat(transferred.encoded()).isEqualTo(copy);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8, 15, 17, 33, 64})
    void isRefusedWhenItHasAnotherSize(int length) {
      SecretBytes wrong = SecretBytes.owning(new byte[length]);
      Problem size = Problems.invalidKeySize(Integer.toString(8 * length)).problem();
      assertThat(TestKeys.refusal(() -> KeyMaterial.symmetric(wrong))).isEqualTo(size);
      assertThat(TestKeys.refusal(() -> KeyMaterial.transferred(KeyType.OCT, wrong)))
          .isEqualTo(size);
    }
  }
}
