package localhsm.crypto;

import java.math.BigInteger;
import localhsm.problem.Problems;
import localhsm.secret.SecretBytes;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/** An elliptic curve key pair. */
public final class EcMaterial implements KeyMaterial {
  private final Curve curve;
  private final ECPublicKeyParameters publicKey;
  private final ECPrivateKeyParameters privateKey;

  /** All must belong together; only the ways in from outside check that. */
  EcMaterial(Curve curve, ECPublicKeyParameters publicKey, ECPrivateKeyParameters privateKey) {
    this.curve = curve;
    this.publicKey = publicKey;
    this.privateKey = privateKey;
  }

  static EcMaterial decode(SecretBytes pkcs8) {
    return Pkcs8.read(pkcs8, EcMaterial::read);
  }

  private static EcMaterial read(AlgorithmIdentifier algorithm, ASN1Encodable encoded) {
    ECPrivateKey stored = ECPrivateKey.getInstance(encoded);
    EcMaterial key = of(curveOf(algorithm), stored.getKey());
    ASN1BitString point = stored.getPublicKey();
    if (point != null && !key.hasPoint(point.getOctets())) {
      throw new IllegalArgumentException("the public point is that of another key");
    }
    return key;
  }

  /**
   * A key pair from outside: unsigned big-endian numbers, with leading zeros or without. The
   * private one stays the caller's to clear.
   *
   * @throws localhsm.problem.ProblemException when {@code d} is not a private key of the curve, or
   *     the point is not its public key
   */
  public static EcMaterial imported(Curve curve, byte[] x, byte[] y, SecretBytes d) {
    EcMaterial key;
    try {
      key = of(curve, new BigInteger(1, d.expose()));
    } catch (IllegalArgumentException e) {
      throw Problems.badParameter("Property d is not a private key of the curve.");
    }
    if (!new BigInteger(1, x).equals(new BigInteger(1, key.x()))
        || !new BigInteger(1, y).equals(new BigInteger(1, key.y()))) {
      throw Problems.badParameter("Properties x and y are not the public key of d.");
    }
    return key;
  }

  /** A key pair that came wrapped from outside. */
  static EcMaterial transferred(SecretBytes pkcs8) {
    EcMaterial key = decode(pkcs8);
    if (key.curve == Curve.P_256K) {
      throw Problems.badParameter("Keys on the curve P-256K cannot be transferred.");
    }
    return key;
  }

  /** A given point is never believed: checking it costs as much as computing it. */
  private static EcMaterial of(Curve curve, BigInteger d) {
    ECDomainParameters domain = curve.domain();
    ECPrivateKeyParameters privateKey = new ECPrivateKeyParameters(d, domain);
    ECPoint point = new FixedPointCombMultiplier().multiply(domain.getG(), d).normalize();
    return new EcMaterial(curve, new ECPublicKeyParameters(point, domain), privateKey);
  }

  private boolean hasPoint(byte[] encoded) {
    return publicKey.getParameters().getCurve().decodePoint(encoded).equals(publicKey.getQ());
  }

  private static Curve curveOf(AlgorithmIdentifier algorithm) {
    if (algorithm.getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)) {
      for (Curve curve : Curve.values()) {
        if (curve.identifier().equals(algorithm.getParameters())) {
          return curve;
        }
      }
    }
    throw new IllegalArgumentException("not a curve of the HSM");
  }

  @Override
  public KeyType type() {
    return KeyType.EC;
  }

  @Override
  public int bits() {
    return publicKey.getParameters().getCurve().getFieldSize();
  }

  @Override
  public KeyParameters parameters() {
    return new KeyParameters.Ec(curve);
  }

  /** The curve. */
  public Curve curve() {
    return curve;
  }

  /** The public point's x, big-endian, as long as the curve's field. */
  public byte[] x() {
    return publicKey.getQ().getAffineXCoord().getEncoded();
  }

  /** The public point's y, big-endian, as long as the curve's field. */
  public byte[] y() {
    return publicKey.getQ().getAffineYCoord().getEncoded();
  }

  ECPublicKeyParameters publicKey() {
    return publicKey;
  }

  ECPrivateKeyParameters privateKey() {
    return privateKey;
  }

  @Override
  public SecretBytes encoded() {
    BigInteger order = privateKey.getParameters().getN();
    return Pkcs8.write(
        new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, curve.identifier()),
        new ECPrivateKey(
            order.bitLength(),
            privateKey.getD(),
            new DERBitString(publicKey.getQ().getEncoded(false)),
            null));
  }

  @Override
  public String toString() {
    return "EcMaterial[" + curve.wireName() + "]";
  }
}
