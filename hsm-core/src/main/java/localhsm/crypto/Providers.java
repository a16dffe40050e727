package localhsm.crypto;

import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * Chooses the implementation of each primitive: the only place that names one. BouncyCastle can do
 * everything and is used by explicit reference, never registered with the JVM; RSA and EC keys use
 * its lightweight API, which is faster than its JCE provider for curves and quicker to start. AES
 * and HMAC are the JDK's where it has them, which then use the processor's instructions.
 */
public final class Providers {
  private final RsaEngine rsa;
  private final EcEngine ec;
  private final OctEngine oct;
  private final SecureRandom random;

  Providers(RsaEngine rsa, EcEngine ec, OctEngine oct, SecureRandom random) {
    this.rsa = rsa;
    this.ec = ec;
    this.oct = oct;
    this.random = random;
  }

  /** BouncyCastle for RSA and EC keys, and for symmetric ones where the JDK has no AES. */
  public static Providers bouncyCastle(SecureRandom random) {
    return new Providers(
        new BouncyCastleRsa(random), new BouncyCastleEc(random), new JceOct(symmetric()), random);
  }

  /** The provider that seals records (AES-GCM, HMAC). */
  public Provider sealing() {
    return symmetric();
  }

  /** The source of randomness of every key and nonce. */
  public SecureRandom random() {
    return random;
  }

  /** Who does what, for people to read: purpose, then implementation and version. */
  public Map<String, String> table() {
    Map<String, String> table = new LinkedHashMap<>();
    table.put("RSA and EC keys", describe(new BouncyCastleProvider()));
    table.put("symmetric keys", describe(symmetric()));
    table.put("sealing of records", describe(sealing()));
    table.put("random numbers", random.getProvider().getName() + " " + random.getAlgorithm());
    return table;
  }

  private static Provider symmetric() {
    Provider jdk = Security.getProvider("SunJCE");
    return jdk == null ? new BouncyCastleProvider() : jdk;
  }

  private static String describe(Provider provider) {
    return provider.getName() + " " + provider.getVersionStr();
  }

  RsaEngine rsa() {
    return rsa;
  }

  OctEngine oct() {
    return oct;
  }

  /** Engines differ by curve: what is fastest for one lacks or slows another. */
  EcEngine ec(Curve curve) {
    return ec;
  }
}
