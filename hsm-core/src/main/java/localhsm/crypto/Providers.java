package localhsm.crypto;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.LinkedHashMap;
import java.util.Map;
import localhsm.secret.SecretBytes;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.math.ec.ECPoint;

/**
 * Chooses the JCE provider of each primitive: the only place that names one. BouncyCastle can do
 * everything and is used by explicit reference, never registered with the JVM.
 */
public final class Providers {
  private final Provider provider;
  private final SecureRandom random;

  private Providers(Provider provider, SecureRandom random) {
    this.provider = provider;
    this.random = random;
  }

  /** BouncyCastle for every primitive. */
  public static Providers bouncyCastle(SecureRandom random) {
    return new Providers(new BouncyCastleProvider(), random);
  }

  /** The provider that seals records (AES-GCM, HMAC): the JDK's, whose AES uses the processor's. */
  public Provider sealing() {
    Provider jdk = java.security.Security.getProvider("SunJCE");
    return jdk == null ? provider : jdk;
  }

  /** The source of randomness of every key and nonce. */
  public SecureRandom random() {
    return random;
  }

  Provider provider() {
    return provider;
  }

  /** Who does what, for people to read: purpose, then provider and version. */
  public Map<String, String> table() {
    Map<String, String> table = new LinkedHashMap<>();
    table.put("keys", provider.getName() + " " + provider.getVersionStr());
    table.put("sealing of records", sealing().getName() + " " + sealing().getVersionStr());
    table.put("random numbers", random.getProvider().getName() + " " + random.getAlgorithm());
    return table;
  }

  KeyPair generateRsa(int modulusBits, int publicExponent) {
    return generate(
        "RSA", new RSAKeyGenParameterSpec(modulusBits, BigInteger.valueOf(publicExponent)));
  }

  KeyPair generateEc(Curve curve) {
    return generate("EC", new ECGenParameterSpec(curve.standardName()));
  }

  KeyPair decodeRsa(SecretBytes pkcs8) {
    try {
      KeyFactory factory = KeyFactory.getInstance("RSA", provider);
      PrivateKey key = factory.generatePrivate(new PKCS8EncodedKeySpec(pkcs8.expose()));
      if (!(key instanceof RSAPrivateCrtKey crt)) {
        throw new IllegalArgumentException("not an RSA key with CRT values");
      }
      return new KeyPair(
          factory.generatePublic(new RSAPublicKeySpec(crt.getModulus(), crt.getPublicExponent())),
          crt);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not an RSA key", e);
    }
  }

  EcMaterial decodeEc(SecretBytes pkcs8) {
    try {
      KeyFactory factory = KeyFactory.getInstance("EC", provider);
      PrivateKey key = factory.generatePrivate(new PKCS8EncodedKeySpec(pkcs8.expose()));
      if (!(key instanceof ECPrivateKey ec)) {
        throw new IllegalArgumentException("not an EC key");
      }
      Curve curve = curveOf(ec);
      ECPoint q =
          ((org.bouncycastle.jce.interfaces.ECPrivateKey) ec)
              .getParameters()
              .getG()
              .multiply(ec.getS())
              .normalize();
      ECPublicKeySpec spec =
          new ECPublicKeySpec(
              new java.security.spec.ECPoint(
                  q.getAffineXCoord().toBigInteger(), q.getAffineYCoord().toBigInteger()),
              ec.getParams());
      return EcMaterial.of(curve, new KeyPair(factory.generatePublic(spec), ec));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not an EC key", e);
    }
  }

  private static Curve curveOf(ECPrivateKey key) {
    for (Curve curve : Curve.values()) {
      if (key.getParams() instanceof org.bouncycastle.jce.spec.ECNamedCurveSpec named
          && named.getName().equals(curve.standardName())) {
        return curve;
      }
    }
    throw new IllegalArgumentException("not a curve of the HSM");
  }

  private KeyPair generate(String algorithm, AlgorithmParameterSpec parameters) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm, provider);
      generator.initialize(parameters, random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
