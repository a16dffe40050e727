package localhsm.server.app;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import localhsm.crypto.Curve;
import localhsm.crypto.KeyMaterial;
import localhsm.crypto.KeyParameters;
import localhsm.crypto.Providers;
import localhsm.crypto.SignAlgorithm;
import localhsm.server.lab.LabClock;

/**
 * What all parts are made with.
 *
 * @param clock real time, for everything that faces other machines: certificates, activity ids
 * @param labClock the time that keys live by; its other view is for tokens
 */
record Core(
    Clock clock, LabClock labClock, SecureRandom random, Providers providers, WorkPools pools) {

  static Core start() {
    SecureRandom random = new SecureRandom();
    Clock clock = Clock.systemUTC();
    return new Core(
        clock,
        new LabClock(clock),
        random,
        Providers.bouncyCastle(random),
        WorkPools.start(Runtime.getRuntime().availableProcessors()));
  }

  /** Signs and verifies with a throw-away key: what readiness means. */
  void requireSignature() {
    byte[] digest =
        "localhsm is ready to sign digests".substring(0, 32).getBytes(StandardCharsets.US_ASCII);
    KeyMaterial key = new KeyParameters.Ec(Curve.P_256).generate(providers);
    byte[] signature = SignAlgorithm.ES256.sign(key, digest, providers);
    if (!SignAlgorithm.ES256.verify(key, digest, signature, providers)) {
      throw new IllegalStateException("the HSM does not believe its own signature");
    }
  }
}
