package localhsm.crypto;

import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * Chooses the implementation of each primitive: the only place that names one. BouncyCastle can do
 * everything and is used by explicit reference, never registered with the JVM; keys use its
 * lightweight API, which is faster than its JCE provider for curves and quicker to start.
 */
public final class Providers {
  private final RsaEngine rsa;
  private final EcEngine ec;
  private final SecureRandom random;

  Providers(RsaEngine rsa, EcEngine ec, SecureRandom random) {
    this.rsa = rsa;
    this.ec = ec;
    this.random = random;
  }

  /** BouncyCastle for every primitive. */
  public static Providers bouncyCastle(SecureRandom random) {
    return new Providers(new BouncyCastleRsa(random), new BouncyCastleEc(random), random);
  }

  /** The provider that seals records (AES-GCM, HMAC): the JDK's, whose AES uses the processor's. */
  public Provider sealing() {
    Provider jdk = Security.getProvider("SunJCE");
    return jdk == null ? new BouncyCastleProvider() : jdk;
  }

  /** The source of randomness of every key and nonce. */
  public SecureRandom random() {
    return random;
  }

  RsaEngine rsa() {
    return rsa;
  }

  /** Engines differ by curve: what is fastest for one lacks or slows another. */
  EcEngine ec(Curve curve) {
    return ec;
  }
}
