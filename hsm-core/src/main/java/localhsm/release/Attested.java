package localhsm.release;

import java.math.BigInteger;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a believed attestation says: who vouches for the environment, what it is like, and the key
 * that only the environment holds.
 *
 * @param claims texts, numbers, truth values, lists and maps
 */
public record Attested(String issuer, Map<String, Object> claims, WrappingKey key) {

  /** Keeps its own copy of the claims, which may hold absent values. */
  public Attested {
    claims = Collections.unmodifiableMap(new HashMap<>(claims));
  }

  /**
   * A public RSA key to encrypt to.
   *
   * @param kid its name in the attestation
   */
  public record WrappingKey(String kid, BigInteger modulus, BigInteger exponent) {
    private static final int MIN_BITS = 2048;
    private static final int MAX_BITS = 4096;
    private static final int MAX_EXPONENT_BITS = 32;

    /** The key, unless its modulus lacks 2048 to 4096 bits or its exponent cannot be one. */
    public static Optional<WrappingKey> of(String kid, BigInteger modulus, BigInteger exponent) {
      boolean usable =
          modulus.signum() > 0
              && modulus.bitLength() >= MIN_BITS
              && modulus.bitLength() <= MAX_BITS
              && modulus.testBit(0)
              && exponent.testBit(0)
              && exponent.compareTo(BigInteger.ONE) > 0
              && exponent.bitLength() <= MAX_EXPONENT_BITS;
      return usable ? Optional.of(new WrappingKey(kid, modulus, exponent)) : Optional.empty();
    }
  }

  /** Whether the policy lets a key go to this environment. */
  public boolean satisfies(ReleasePolicy policy) {
    return policy.allows(issuer, claims);
  }
}
