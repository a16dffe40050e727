package localhsm.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import localhsm.secret.SecretBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RsaPaddingTest {

  static Stream<RsaPadding> paddings() {
    return Stream.of(
        new Pkcs1Padding(), new OaepPadding(Hash.SHA_1), new OaepPadding(Hash.SHA_256));
  }

  @ParameterizedTest
  @MethodSource("paddings")
  void givesBackEveryLengthOfPlaintext(RsaPadding padding) {
    for (int length = 0; length <= 256 - padding.overhead(); length++) {
      byte[] plaintext = TestKeys.bytes(length);
      byte[] block = padding.pad(plaintext, 256, TestKeys.RANDOM);
      assertThat(block).hasSize(256).startsWith(0);
      assertThat(padding.strip(block)).map(SecretBytes::expose).contains(plaintext);
    }
  }

  @Test
  void pkcs1FillsWithBytesThatAreNotZero() {
    for (int i = 0; i < 200; i++) {
      byte[] block = new Pkcs1Padding().pad(new byte[3], 256, TestKeys.RANDOM);
      assertThat(Arrays.copyOf(block, 2)).containsExactly(0, 2);
      assertThat(Arrays.copyOfRange(block, 2, 252)).doesNotContain(0);
      assertThat(block[252]).isZero();
    }
  }

  @Test
  void comparesBytesWithoutBranches() {
    for (int a = 0; a < 256; a++) {
      for (int b = 0; b < 256; b++) {
        assertThat(RsaPadding.equalMask(a, b)).isEqualTo(a == b ? -1 : 0);
      }
    }
  }
}
