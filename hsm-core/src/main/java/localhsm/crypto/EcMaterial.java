package localhsm.crypto;

import java.math.BigInteger;
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

  /** All must belong together; only {@link #decode} checks that. */
  EcMaterial(Curve curve, ECPublicKeyParameters publicKey, ECPrivateKeyParameters privateKey) {
    this.curve = curve;
    this.publicKey = publicKey;
    this.privateKey = privateKey;
  }

  static EcMaterial decode(SecretBytes pkcs8) {
    return Pkcs8.read(pkcs8, EcMaterial::read);
  }

  private static EcMaterial read(AlgorithmIdentifier algorithm, ASN1Encodable encoded) {
    Curve curve = curveOf(algorithm);
    ECDomainParameters domain = curve.domain();
    ECPrivateKey key = ECPrivateKey.getInstance(encoded);
    ECPrivateKeyParameters privateKey = new ECPrivateKeyParameters(key.getKey(), domain);
    // A stored point is not believed: checking it costs as much as computing it.
    ECPoint point =
        new FixedPointCombMultiplier().multiply(domain.getG(), privateKey.getD()).normalize();
    ASN1BitString stored = key.getPublicKey();
    if (stored != null && !domain.getCurve().decodePoint(stored.getOctets()).equals(point)) {
      throw new IllegalArgumentException("the public point is that of another key");
    }
    return new EcMaterial(curve, new ECPublicKeyParameters(point, domain), privateKey);
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
