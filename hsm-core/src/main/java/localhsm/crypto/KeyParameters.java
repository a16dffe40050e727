package localhsm.crypto;

import java.util.List;
import localhsm.problem.Problems;
import localhsm.secret.SecretBytes;

/** Everything about a key that is not random: what is asked of a generator. */
public sealed interface KeyParameters {

  /** Makes fresh material; RSA takes a second, so never on an event loop. */
  KeyMaterial generate(Providers providers);

  /**
   * An RSA key.
   *
   * @param modulusBits 2048, 3072 or 4096
   * @param publicExponent 65537 or 3
   */
  record Rsa(int modulusBits, int publicExponent) implements KeyParameters {
    /** The exponent of a key made without one. */
    public static final int DEFAULT_EXPONENT = 65537;

    /** The size of a key made without one. */
    public static final int DEFAULT_BITS = 2048;

    private static final List<Integer> SIZES = List.of(2048, 3072, 4096);

    /**
     * Checks size and exponent.
     *
     * @throws localhsm.problem.ProblemException for any other
     */
    public Rsa {
      if (!hasSize(modulusBits)) {
        throw Problems.invalidKeySize(Integer.toString(modulusBits));
      }
      if (publicExponent != DEFAULT_EXPONENT && publicExponent != 3) {
        throw Problems.badParameter("Invalid public_exponent: 65537 and 3 are supported.");
      }
    }

    /** Whether RSA keys of that size exist here. */
    static boolean hasSize(int modulusBits) {
      return SIZES.contains(modulusBits);
    }

    @Override
    public KeyMaterial generate(Providers providers) {
      return providers.rsa().generate(modulusBits, publicExponent);
    }
  }

  /**
   * A symmetric key.
   *
   * @param bits 128, 192 or 256
   */
  record Oct(int bits) implements KeyParameters {
    /** The size of a key made without one. */
    public static final int DEFAULT_BITS = 256;

    /**
     * Checks the size.
     *
     * @throws localhsm.problem.ProblemException for any other
     */
    public Oct {
      if (!OctMaterial.hasSize(bits)) {
        throw Problems.invalidKeySize(Integer.toString(bits));
      }
    }

    @Override
    public KeyMaterial generate(Providers providers) {
      try (SecretBytes fresh = SecretBytes.random(bits / 8, providers.random())) {
        return OctMaterial.decode(fresh);
      }
    }
  }

  /** An elliptic curve key. */
  record Ec(Curve curve) implements KeyParameters {
    @Override
    public KeyMaterial generate(Providers providers) {
      return providers.ec(curve).generate(curve);
    }
  }
}
