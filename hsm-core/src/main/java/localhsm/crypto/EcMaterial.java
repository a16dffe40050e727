package localhsm.crypto;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import localhsm.secret.SecretBytes;

/** An elliptic curve key pair. */
public final class EcMaterial implements KeyMaterial {
  private final Curve curve;
  private final ECPublicKey publicKey;
  private final ECPrivateKey privateKey;

  private EcMaterial(Curve curve, ECPublicKey publicKey, ECPrivateKey privateKey) {
    this.curve = curve;
    this.publicKey = publicKey;
    this.privateKey = privateKey;
  }

  static EcMaterial of(Curve curve, KeyPair pair) {
    return new EcMaterial(curve, (ECPublicKey) pair.getPublic(), (ECPrivateKey) pair.getPrivate());
  }

  static EcMaterial decode(SecretBytes pkcs8, Providers providers) {
    return providers.decodeEc(pkcs8);
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
    return fixedLength(publicKey.getW().getAffineX());
  }

  /** The public point's y, big-endian, as long as the curve's field. */
  public byte[] y() {
    return fixedLength(publicKey.getW().getAffineY());
  }

  ECPublicKey publicKey() {
    return publicKey;
  }

  ECPrivateKey privateKey() {
    return privateKey;
  }

  @Override
  public SecretBytes encoded() {
    return SecretBytes.owning(privateKey.getEncoded());
  }

  @Override
  public String toString() {
    return "EcMaterial[" + curve.wireName() + "]";
  }

  private byte[] fixedLength(BigInteger coordinate) {
    byte[] bytes = coordinate.toByteArray();
    byte[] fixed = new byte[curve.fieldBytes()];
    int count = Math.min(bytes.length, fixed.length);
    System.arraycopy(bytes, bytes.length - count, fixed, fixed.length - count, count);
    return fixed;
  }
}
