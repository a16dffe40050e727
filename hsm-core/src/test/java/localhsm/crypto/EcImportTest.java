package localhsm.crypto;

import static localhsm.crypto.TestKeys.P_256;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import localhsm.problem.Problem;
import localhsm.problem.Problems;
import localhsm.secret.SecretBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Elliptic curve keys from outside. */
class EcImportTest {
  private static final Problem NOT_ITS_POINT =
      Problems.badParameter("Properties x and y are not the public key of d.").problem();

  static Stream<EcMaterial> keys() {
    return TestKeys.ec();
  }

  private static SecretBytes d(EcMaterial key) {
    return SecretBytes.owning(key.privateKey().getD().toByteArray());
  }

  @ParameterizedTest
  @MethodSource("keys")
  void isTheSameKeyWithLeadingZerosOrWithout(EcMaterial key) {
    byte[] longX = TestKeys.joined(new byte[3], key.x());
    byte[] bareY = new BigInteger(1, key.y()).toByteArray();
    EcMaterial imported = EcMaterial.imported(key.curve(), longX, bareY, d(key));
    assertThat(imported.encoded()).isEqualTo(key.encoded());
    assertThat(imported.x()).isEqualTo(key.x());
    assertThat(imported.y()).isEqualTo(key.y());
    assertThat(imported.parameters()).isEqualTo(new KeyParameters.Ec(key.curve()));
  }

  @Test
  void hasTheSizeOfItsField() {
    assertThat(TestKeys.ec().map(EcMaterial::bits)).containsExactly(256, 256, 384, 521);
  }

  @ParameterizedTest
  @MethodSource("keys")
  void isRefusedWhenThePointIsAnotherOrOffTheCurve(EcMaterial key) {
    EcMaterial other = (EcMaterial) key.parameters().generate(TestKeys.PROVIDERS);
    byte[] off = key.y();
    off[off.length - 1] ^= 1;
    byte[] negated = key.publicKey().getQ().negate().normalize().getAffineYCoord().getEncoded();
    byte[] tooLarge = TestKeys.joined(new byte[] {1}, key.x());
    assertRefused(key, other.x(), other.y());
    assertRefused(key, key.x(), off);
    assertRefused(key, key.x(), negated);
    assertRefused(key, key.y(), key.x());
    assertRefused(key, tooLarge, key.y());
    assertRefused(key, new byte[0], new byte[0]);
    assertRefused(key, key.x(), Arrays.copyOf(key.y(), key.y().length - 1));
  }

  private static void assertRefused(EcMaterial key, byte[] x, byte[] y) {
    assertThat(TestKeys.refusal(() -> EcMaterial.imported(key.curve(), x, y, d(key))))
        .isEqualTo(NOT_ITS_POINT);
  }

  @ParameterizedTest
  @MethodSource("keys")
  void isRefusedWhenItsNumberIsOutOfRange(EcMaterial key) {
    BigInteger order = key.privateKey().getParameters().getN();
    BigInteger same = order.add(key.privateKey().getD());
    for (BigInteger d : List.of(BigInteger.ZERO, order, same, BigInteger.TWO.pow(5000))) {
      SecretBytes wrong = SecretBytes.owning(d.toByteArray());
      assertThat(TestKeys.refusal(() -> EcMaterial.imported(key.curve(), key.x(), key.y(), wrong)))
          .isEqualTo(
              Problems.badParameter("Property d is not a private key of the curve.").problem());
    }
  }

  @Test
  void isRefusedOnAnotherCurve() {
    assertThat(
            TestKeys.refusal(
                () -> EcMaterial.imported(Curve.P_256K, P_256.x(), P_256.y(), d(P_256))))
        .isEqualTo(NOT_ITS_POINT);
  }

  @ParameterizedTest
  @MethodSource("keys")
  void isTransferredUnlessItIsOnP256K(EcMaterial key) {
    if (key.curve() == Curve.P_256K) {
      assertThat(TestKeys.refusal(() -> KeyMaterial.transferred(KeyType.EC, key.encoded())))
          .isEqualTo(
              Problems.badParameter("Keys on the curve P-256K cannot be transferred.").problem());
    } else {
      assertThat(KeyMaterial.transferred(KeyType.EC, key.encoded()).encoded())
          .isEqualTo(key.encoded());
    }
  }

  @Test
  void isRefusedWhenWhatWasTransferredIsSomethingElse() {
    for (SecretBytes wrong :
        List.of(SecretBytes.owning(new byte[0]), TestKeys.RSA_2048.encoded())) {
      assertThat(TestKeys.refusal(() -> KeyMaterial.transferred(KeyType.EC, wrong)))
          .isEqualTo(Problems.badParameter("The transferred key is not a valid EC key.").problem());
    }
  }
}
