package localhsm.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import localhsm.problem.Problem;
import localhsm.problem.ProblemException;
import localhsm.secret.SecretBytes;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** Keys of every size, exponent and curve, made once, and the same keys as the JDK sees them. */
final class TestKeys {
  static final SecureRandom RANDOM = new SecureRandom();
  static final Providers PROVIDERS = Providers.bouncyCastle(RANDOM);

  /** As on a machine whose JDK has no AES. */
  static final Providers BOUNCY_CASTLE_ONLY =
      new Providers(
          new BouncyCastleRsa(RANDOM),
          new BouncyCastleEc(RANDOM),
          new JceOct(new BouncyCastleProvider()),
          RANDOM);

  static final RsaMaterial RSA_2048 = rsa(2048, 65537);
  static final RsaMaterial RSA_2048_E3 = rsa(2048, 3);
  static final RsaMaterial RSA_3072 = rsa(3072, 3);
  static final RsaMaterial RSA_4096 = rsa(4096, 65537);
  static final EcMaterial P_256 = ec(Curve.P_256);
  static final EcMaterial P_256K = ec(Curve.P_256K);
  static final EcMaterial P_384 = ec(Curve.P_384);
  static final EcMaterial P_521 = ec(Curve.P_521);

  static final OctMaterial OCT_128 = oct(128);
  static final OctMaterial OCT_192 = oct(192);
  static final OctMaterial OCT_256 = oct(256);

  private TestKeys() {}

  /** Every choice of implementations. */
  static List<Providers> everyChoice() {
    return List.of(PROVIDERS, BOUNCY_CASTLE_ONLY);
  }

  static Stream<RsaMaterial> rsa() {
    return Stream.of(RSA_2048, RSA_2048_E3, RSA_3072, RSA_4096);
  }

  static Stream<EcMaterial> ec() {
    return Stream.of(P_256, P_256K, P_384, P_521);
  }

  static Stream<OctMaterial> oct() {
    return Stream.of(OCT_128, OCT_192, OCT_256);
  }

  static List<KeyMaterial> all() {
    return Stream.of(rsa(), ec(), oct()).<KeyMaterial>flatMap(keys -> keys).toList();
  }

  /** The key with this modulus and these prime factors, its other parts computed. */
  static RsaMaterial rsa(BigInteger p, BigInteger q, BigInteger e) {
    BigInteger one = BigInteger.ONE;
    BigInteger n = p.multiply(q);
    BigInteger d = e.modInverse(p.subtract(one).multiply(q.subtract(one)));
    return new RsaMaterial(
        new RSAKeyParameters(false, n, e),
        new RSAPrivateCrtKeyParameters(
            n, e, d, p, q, d.mod(p.subtract(one)), d.mod(q.subtract(one)), q.modInverse(p)));
  }

  /** A public key with the private half of another one: enough for what only verifies. */
  static RsaMaterial publicOnly(BigInteger n, BigInteger e) {
    return new RsaMaterial(new RSAKeyParameters(false, n, e), RSA_2048.privateKey());
  }

  static PrivateKey jdkPrivate(KeyMaterial material) throws GeneralSecurityException {
    try (SecretBytes pkcs8 = material.encoded()) {
      return jdkFactory(material).generatePrivate(new PKCS8EncodedKeySpec(pkcs8.expose()));
    }
  }

  static PublicKey jdkPublic(RsaMaterial key) throws GeneralSecurityException {
    return jdkFactory(key)
        .generatePublic(new RSAPublicKeySpec(key.modulus(), key.publicExponent()));
  }

  static PublicKey jdkPublic(EcMaterial key) throws GeneralSecurityException {
    ECPoint point = new ECPoint(new BigInteger(1, key.x()), new BigInteger(1, key.y()));
    java.security.interfaces.ECPrivateKey half =
        (java.security.interfaces.ECPrivateKey) jdkPrivate(key);
    return jdkFactory(key).generatePublic(new ECPublicKeySpec(point, half.getParams()));
  }

  static PublicKey jdkPublic(KeyMaterial material) throws GeneralSecurityException {
    return material instanceof RsaMaterial rsa ? jdkPublic(rsa) : jdkPublic((EcMaterial) material);
  }

  private static KeyFactory jdkFactory(KeyMaterial material) throws GeneralSecurityException {
    return material instanceof RsaMaterial
        ? KeyFactory.getInstance("RSA", "SunRsaSign")
        : KeyFactory.getInstance("EC", "SunEC");
  }

  /** The problem that a call is refused with. */
  static Problem refusal(ThrowingCallable call) {
    return catchThrowableOfType(ProblemException.class, call).problem();
  }

  /** The bytes with one bit changed, once for every bit. */
  static List<byte[]> flips(byte[] right) {
    return IntStream.range(0, 8 * right.length)
        .mapToObj(
            bit -> {
              byte[] wrong = right.clone();
              wrong[bit / 8] ^= (byte) (1 << (bit % 8));
              return wrong;
            })
        .toList();
  }

  static byte[] joined(byte[] first, byte[] second) {
    byte[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  private static RsaMaterial rsa(int bits, int exponent) {
    RsaMaterial key = (RsaMaterial) new KeyParameters.Rsa(bits, exponent).generate(PROVIDERS);
    assertThat(key.modulus().bitLength()).isEqualTo(bits);
    assertThat(key.publicExponent()).isEqualTo(BigInteger.valueOf(exponent));
    return key;
  }

  private static OctMaterial oct(int bits) {
    return (OctMaterial) new KeyParameters.Oct(bits).generate(PROVIDERS);
  }

  private static EcMaterial ec(Curve curve) {
    return (EcMaterial) new KeyParameters.Ec(curve).generate(PROVIDERS);
  }
}
