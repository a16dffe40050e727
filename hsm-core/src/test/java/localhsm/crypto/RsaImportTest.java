package localhsm.crypto;

import static localhsm.crypto.TestKeys.PROVIDERS;
import static localhsm.crypto.TestKeys.RSA_2048;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.List;
import java.util.stream.Stream;
import localhsm.problem.Problem;
import localhsm.problem.Problems;
import localhsm.secret.SecretBytes;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RSA keys from outside. */
class RsaImportTest {
  private static final BigInteger ONE = BigInteger.ONE;
  private static final Problem CONTRADICTION =
      Problems.badParameter("The parts of the RSA key do not belong together.").problem();

  static Stream<RsaMaterial> keys() {
    return TestKeys.rsa();
  }

  /** In the order n, e, d, p, q, dp, dq, qi. */
  private static BigInteger[] numbers(RsaMaterial key) {
    RSAPrivateCrtKeyParameters secret = key.privateKey();
    return new BigInteger[] {
      key.modulus(),
      key.publicExponent(),
      secret.getExponent(),
      secret.getP(),
      secret.getQ(),
      secret.getDP(),
      secret.getDQ(),
      secret.getQInv()
    };
  }

  private static RsaMaterial.Components components(BigInteger... numbers) {
    return new RsaMaterial.Components(
        numbers[0].toByteArray(),
        numbers[1].toByteArray(),
        secret(numbers[2]),
        secret(numbers[3]),
        secret(numbers[4]),
        secret(numbers[5]),
        secret(numbers[6]),
        secret(numbers[7]));
  }

  private static SecretBytes secret(BigInteger number) {
    return SecretBytes.owning(number.toByteArray());
  }

  private static Problem refusal(BigInteger... numbers) {
    return TestKeys.refusal(() -> RsaMaterial.imported(components(numbers)));
  }

  private static Problem transferRefusal(SecretBytes pkcs8) {
    return TestKeys.refusal(() -> KeyMaterial.transferred(KeyType.RSA, pkcs8));
  }

  @ParameterizedTest
  @MethodSource("keys")
  void isTheSameKeyWithLeadingZerosOrWithout(RsaMaterial key) {
    BigInteger[] numbers = numbers(key);
    assertThat(RsaMaterial.imported(components(numbers)).encoded()).isEqualTo(key.encoded());
    RsaMaterial.Components bare =
        new RsaMaterial.Components(
            bare(numbers[0]),
            bare(numbers[1]),
            SecretBytes.owning(bare(numbers[2])),
            SecretBytes.owning(bare(numbers[3])),
            SecretBytes.owning(TestKeys.joined(new byte[5], bare(numbers[4]))),
            SecretBytes.owning(bare(numbers[5])),
            SecretBytes.owning(bare(numbers[6])),
            SecretBytes.owning(bare(numbers[7])));
    assertThat(RsaMaterial.imported(bare).encoded()).isEqualTo(key.encoded());
    assertThat(KeyMaterial.transferred(KeyType.RSA, key.encoded()).encoded())
        .isEqualTo(key.encoded());
  }

  private static byte[] bare(BigInteger number) {
    return org.bouncycastle.util.BigIntegers.asUnsignedByteArray(number);
  }

  @Test
  void ofTheJdkSigns() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA", "SunRsaSign");
    generator.initialize(new RSAKeyGenParameterSpec(2048, BigInteger.valueOf(17)));
    RSAPrivateCrtKey jdk = (RSAPrivateCrtKey) generator.generateKeyPair().getPrivate();
    RsaMaterial key =
        RsaMaterial.imported(
            components(
                jdk.getModulus(),
                jdk.getPublicExponent(),
                jdk.getPrivateExponent(),
                jdk.getPrimeP(),
                jdk.getPrimeQ(),
                jdk.getPrimeExponentP(),
                jdk.getPrimeExponentQ(),
                jdk.getCrtCoefficient()));
    byte[] signature = SignAlgorithm.PS256.sign(key, new byte[32], PROVIDERS);
    assertThat(SignAlgorithm.PS256.verify(key, new byte[32], signature, PROVIDERS)).isTrue();
    assertThat(key.parameters()).isEqualTo(new KeyParameters.Rsa(2048, 65537));
  }

  @Test
  void isClosedWithoutHarmToTheMaterial() {
    RsaMaterial.Components given = components(numbers(RSA_2048));
    RsaMaterial key = RsaMaterial.imported(given);
    given.close();
    assertThat(key.encoded()).isEqualTo(RSA_2048.encoded());
    assertThat(List.of(given.d(), given.p(), given.q(), given.dp(), given.dq(), given.qi()))
        .allSatisfy(part -> assertThat(part.expose()).containsOnly(0));
    assertThat(given.toString()).doesNotContain(RSA_2048.privateKey().getP().toString());
  }

  @ParameterizedTest
  @CsvSource({"0, n", "1, e", "2, d", "3, p", "4, q", "5, dp", "6, dq", "7, qi"})
  void isRefusedWhenOnePartIsAnothers(int index, String part) {
    BigInteger[] others = numbers(TestKeys.RSA_2048_E3);
    BigInteger right = numbers(RSA_2048)[index];
    for (BigInteger wrong :
        new BigInteger[] {
          right.add(BigInteger.TWO),
          right.subtract(BigInteger.TWO),
          BigInteger.ZERO,
          others[index],
          right.add(RSA_2048.modulus())
        }) {
      BigInteger[] numbers = numbers(RSA_2048);
      numbers[index] = wrong;
      Problem problem = refusal(numbers);
      assertThat(problem.code()).as(part).isEqualTo("BadParameter");
      if (index > 0) {
        assertThat(problem).as(part).isEqualTo(CONTRADICTION);
      }
    }
  }

  @Test
  void isRefusedWhenItsPrimesAreExchangedAlone() {
    BigInteger[] numbers = numbers(RSA_2048);
    BigInteger p = numbers[3];
    numbers[3] = numbers[4];
    numbers[4] = p;
    assertThat(refusal(numbers)).isEqualTo(CONTRADICTION);
  }

  @Test
  void isRefusedWhenAPartIsEmpty() {
    for (int i = 1; i < 8; i++) {
      BigInteger[] numbers = numbers(RSA_2048);
      numbers[i] = BigInteger.ZERO;
      assertThat(refusal(numbers)).isEqualTo(CONTRADICTION);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1024, 2047, 2056, 8192})
  void isRefusedWhenItHasAnotherSize(int bits) {
    BigInteger[] numbers = numbers(RSA_2048);
    numbers[0] = bits == 0 ? BigInteger.ZERO : ONE.shiftLeft(bits - 1).setBit(0);
    assertThat(refusal(numbers))
        .isEqualTo(Problems.invalidKeySize(Integer.toString(bits)).problem());
  }

  @Test
  void isRefusedWhenAFactorIsNotPrime() {
    RsaMaterial wrong = withCompositeFactor();
    Problem expected = Problems.badParameter("The factors of the RSA key are not prime.").problem();
    assertThat(refusal(numbers(wrong))).isEqualTo(expected);
    assertThat(transferRefusal(wrong.encoded())).isEqualTo(expected);
    RSAPrivateCrtKeyParameters secret = wrong.privateKey();
    RsaMaterial exchanged = TestKeys.rsa(secret.getQ(), secret.getP(), RSA_2048.publicExponent());
    assertThat(refusal(numbers(exchanged))).isEqualTo(expected);
  }

  /** What was checked when it came in is not checked again. */
  @Test
  void needsNoProofOfItsPrimesOnceStored() {
    RsaMaterial key = withCompositeFactor();
    assertThat(KeyMaterial.decode(KeyType.RSA, key.encoded(), PROVIDERS).encoded())
        .isEqualTo(key.encoded());
  }

  /** All relations hold, since they hold for coprime factors of every kind. */
  private static RsaMaterial withCompositeFactor() {
    BigInteger e = RSA_2048.publicExponent();
    BigInteger q = RSA_2048.privateKey().getQ();
    BigInteger r = BigInteger.probablePrime(512, TestKeys.RANDOM);
    while (true) {
      BigInteger p = r.multiply(BigInteger.probablePrime(512, TestKeys.RANDOM));
      if (p.multiply(q).bitLength() == 2048 && p.subtract(ONE).gcd(e).equals(ONE)) {
        return TestKeys.rsa(p, q, e);
      }
      r = BigInteger.probablePrime(512, TestKeys.RANDOM);
    }
  }

  @Test
  void isRefusedWhenItsExponentIsTooLarge() {
    RSAPrivateCrtKeyParameters secret = RSA_2048.privateKey();
    BigInteger e = ONE.shiftLeft(64).add(ONE);
    BigInteger phi = secret.getP().subtract(ONE).multiply(secret.getQ().subtract(ONE));
    while (!e.gcd(phi).equals(ONE)) {
      e = e.add(BigInteger.TWO);
    }
    RsaMaterial wrong = TestKeys.rsa(secret.getP(), secret.getQ(), e);
    assertThat(refusal(numbers(wrong)).message()).contains("at most 64 bits");
    assertThat(transferRefusal(wrong.encoded()).message()).contains("at most 64 bits");
  }

  @Test
  void isRefusedWhenWhatWasTransferredIsSomethingElse() {
    Problem expected =
        Problems.badParameter("The transferred key is not a valid RSA key.").problem();
    for (SecretBytes wrong :
        List.of(
            SecretBytes.owning(new byte[0]),
            SecretBytes.owning(new byte[32]),
            TestKeys.P_256.encoded(),
            TestKeys.OCT_256.encoded())) {
      assertThat(transferRefusal(wrong)).isEqualTo(expected);
    }
  }
}
