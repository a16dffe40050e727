package localhsm.crypto;

import static java.math.BigInteger.ONE;

import java.math.BigInteger;
import java.util.stream.Stream;
import localhsm.problem.Problems;
import localhsm.secret.SecretBytes;
import localhsm.work.WorkClass;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;

/** An RSA key pair (RFC 8017 3). */
public final class RsaMaterial implements KeyMaterial {
  private static final int QUICK_EXPONENT_BITS = 17;
  private static final int MAX_EXPONENT_BITS = 64;
  private static final int PRIME_CERTAINTY = 64;

  private final RSAKeyParameters publicKey;
  private final RSAPrivateCrtKeyParameters privateKey;

  /**
   * The numbers of a key pair from outside (RFC 7518 6.3): unsigned, big-endian, with leading zeros
   * or without. Closing clears the secret ones.
   */
  public record Components(
      byte[] n,
      byte[] e,
      SecretBytes d,
      SecretBytes p,
      SecretBytes q,
      SecretBytes dp,
      SecretBytes dq,
      SecretBytes qi)
      implements AutoCloseable {

    @Override
    public void close() {
      Stream.of(d, p, q, dp, dq, qi).forEach(SecretBytes::close);
    }
  }

  /** Both must belong together; only the ways in from outside check that. */
  RsaMaterial(RSAKeyParameters publicKey, RSAPrivateCrtKeyParameters privateKey) {
    this.publicKey = publicKey;
    this.privateKey = privateKey;
  }

  /** Of numbers that belong together. */
  private RsaMaterial(RSAPrivateKey key) {
    // The flag leaves out a primality test of the modulus that costs more than a signature.
    this(
        new RSAKeyParameters(false, key.getModulus(), key.getPublicExponent(), true),
        new RSAPrivateCrtKeyParameters(
            key.getModulus(),
            key.getPublicExponent(),
            key.getPrivateExponent(),
            key.getPrime1(),
            key.getPrime2(),
            key.getExponent1(),
            key.getExponent2(),
            key.getCoefficient(),
            true));
  }

  static RsaMaterial decode(SecretBytes pkcs8) {
    return Pkcs8.read(pkcs8, RsaMaterial::read);
  }

  /**
   * A key pair from outside, which stays the caller's to clear.
   *
   * @throws localhsm.problem.ProblemException when it has another size than 2048, 3072 and 4096
   *     bits, or its parts are not those of one key
   */
  public static RsaMaterial imported(Components parts) {
    BigInteger n = new BigInteger(1, parts.n());
    if (!KeyParameters.Rsa.hasSize(n.bitLength())) {
      throw Problems.invalidKeySize(Integer.toString(n.bitLength()));
    }
    RSAPrivateKey key =
        new RSAPrivateKey(
            n,
            new BigInteger(1, parts.e()),
            number(parts.d()),
            number(parts.p()),
            number(parts.q()),
            number(parts.dp()),
            number(parts.dq()),
            number(parts.qi()));
    if (!consistent(key)) {
      throw Problems.badParameter("The parts of the RSA key do not belong together.");
    }
    return new RsaMaterial(key).checked();
  }

  /** A key pair that came wrapped from outside. */
  static RsaMaterial transferred(SecretBytes pkcs8) {
    return decode(pkcs8).checked();
  }

  /** Whether an RSA public key may have that exponent: odd and small enough for every client. */
  static boolean isExponent(BigInteger e) {
    return e.compareTo(ONE) > 0 && e.testBit(0) && e.bitLength() <= MAX_EXPONENT_BITS;
  }

  /** What {@link #decode} leaves out, since it costs more than a signature. */
  private RsaMaterial checked() {
    if (!isExponent(publicExponent())) {
      throw Problems.badParameter(
          "The public exponent of an RSA key must be odd and have at most 64 bits.");
    }
    if (!privateKey.getP().isProbablePrime(PRIME_CERTAINTY)
        || !privateKey.getQ().isProbablePrime(PRIME_CERTAINTY)) {
      throw Problems.badParameter("The factors of the RSA key are not prime.");
    }
    return this;
  }

  private static BigInteger number(SecretBytes unsigned) {
    return new BigInteger(1, unsigned.expose());
  }

  private static RsaMaterial read(AlgorithmIdentifier algorithm, ASN1Encodable encoded) {
    RSAPrivateKey key = RSAPrivateKey.getInstance(encoded);
    if (!algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.rsaEncryption) || !consistent(key)) {
      throw new IllegalArgumentException("not an RSA key");
    }
    return new RsaMaterial(key);
  }

  /** The relations of RFC 8017 3.2; that the primes are prime is not tested. */
  private static boolean consistent(RSAPrivateKey key) {
    BigInteger n = key.getModulus();
    BigInteger e = key.getPublicExponent();
    BigInteger p = key.getPrime1();
    BigInteger q = key.getPrime2();
    return KeyParameters.Rsa.hasSize(n.bitLength())
        && p.compareTo(ONE) > 0
        && q.compareTo(ONE) > 0
        && p.multiply(q).equals(n)
        && e.testBit(0)
        && within(e, n)
        && within(key.getPrivateExponent(), n)
        && inverse(e, key.getPrivateExponent(), p.subtract(ONE))
        && inverse(e, key.getPrivateExponent(), q.subtract(ONE))
        && within(key.getExponent1(), p)
        && inverse(e, key.getExponent1(), p.subtract(ONE))
        && within(key.getExponent2(), q)
        && inverse(e, key.getExponent2(), q.subtract(ONE))
        && key.getCoefficient().signum() > 0
        && key.getCoefficient().compareTo(p) < 0
        && inverse(q, key.getCoefficient(), p);
  }

  private static boolean within(BigInteger value, BigInteger limit) {
    return value.compareTo(ONE) > 0 && value.compareTo(limit) < 0;
  }

  private static boolean inverse(BigInteger a, BigInteger b, BigInteger modulus) {
    return a.multiply(b).mod(modulus).equals(ONE);
  }

  @Override
  public KeyType type() {
    return KeyType.RSA;
  }

  @Override
  public int bits() {
    return modulus().bitLength();
  }

  /** The same size, and the same exponent where a generator takes it. */
  @Override
  public KeyParameters parameters() {
    boolean three = publicExponent().equals(BigInteger.valueOf(3));
    return new KeyParameters.Rsa(bits(), three ? 3 : KeyParameters.Rsa.DEFAULT_EXPONENT);
  }

  /** The modulus. */
  public BigInteger modulus() {
    return publicKey.getModulus();
  }

  /** The public exponent. */
  public BigInteger publicExponent() {
    return publicKey.getExponent();
  }

  /** Length of the modulus, and of every signature and ciphertext, in bytes. */
  public int modulusBytes() {
    return (modulus().bitLength() + 7) / 8;
  }

  /** Whether the bytes are as long as the modulus, and as a number between zero and it. */
  boolean takes(byte[] block) {
    if (block.length != modulusBytes()) {
      return false;
    }
    BigInteger value = new BigInteger(1, block);
    return value.signum() > 0 && value.compareTo(modulus()) < 0;
  }

  /** Where public operations run: under 100 microseconds unless the exponent is large. */
  WorkClass publicWork() {
    return publicExponent().bitLength() <= QUICK_EXPONENT_BITS ? WorkClass.INLINE : WorkClass.CPU;
  }

  RSAKeyParameters publicKey() {
    return publicKey;
  }

  RSAPrivateCrtKeyParameters privateKey() {
    return privateKey;
  }

  @Override
  public SecretBytes encoded() {
    return Pkcs8.write(
        new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
        new RSAPrivateKey(
            modulus(),
            publicExponent(),
            privateKey.getExponent(),
            privateKey.getP(),
            privateKey.getQ(),
            privateKey.getDP(),
            privateKey.getDQ(),
            privateKey.getQInv()));
  }

  @Override
  public String toString() {
    return "RsaMaterial[" + bits() + "]";
  }
}
