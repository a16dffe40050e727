package localhsm.crypto;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import localhsm.secret.SecretBytes;

/** An RSA key pair (RFC 8017). */
public final class RsaMaterial implements KeyMaterial {
  private final RSAPublicKey publicKey;
  private final RSAPrivateCrtKey privateKey;

  private RsaMaterial(RSAPublicKey publicKey, RSAPrivateCrtKey privateKey) {
    this.publicKey = publicKey;
    this.privateKey = privateKey;
  }

  static RsaMaterial of(KeyPair pair) {
    return new RsaMaterial((RSAPublicKey) pair.getPublic(), (RSAPrivateCrtKey) pair.getPrivate());
  }

  static RsaMaterial decode(SecretBytes pkcs8, Providers providers) {
    return of(providers.decodeRsa(pkcs8));
  }

  @Override
  public KeyType type() {
    return KeyType.RSA;
  }

  /** The modulus. */
  public BigInteger modulus() {
    return publicKey.getModulus();
  }

  /** The public exponent. */
  public BigInteger publicExponent() {
    return publicKey.getPublicExponent();
  }

  /** Length of the modulus, and of every signature and ciphertext, in bytes. */
  public int modulusBytes() {
    return (publicKey.getModulus().bitLength() + 7) / 8;
  }

  RSAPublicKey publicKey() {
    return publicKey;
  }

  RSAPrivateCrtKey privateKey() {
    return privateKey;
  }

  @Override
  public SecretBytes encoded() {
    return SecretBytes.owning(privateKey.getEncoded());
  }

  @Override
  public String toString() {
    return "RsaMaterial[" + publicKey.getModulus().bitLength() + "]";
  }
}
