package localhsm.crypto;

import java.util.Optional;
import localhsm.problem.Problems;
import localhsm.work.WorkClass;

/**
 * The signature algorithms (RFC 7518 3.1, RFC 8812 3.2, and RSNULL). Nothing is hashed here: what
 * is signed is the digest that the caller made; what HMAC authenticates is any value.
 */
public enum SignAlgorithm implements KeyAlgorithm {
  RS256("RS256", new RsaPkcs1Scheme(Hash.SHA_256)),
  RS384("RS384", new RsaPkcs1Scheme(Hash.SHA_384)),
  RS512("RS512", new RsaPkcs1Scheme(Hash.SHA_512)),
  RSNULL("RSNULL", new RsaNullScheme()),
  PS256("PS256", new RsaPssScheme(Hash.SHA_256)),
  PS384("PS384", new RsaPssScheme(Hash.SHA_384)),
  PS512("PS512", new RsaPssScheme(Hash.SHA_512)),
  ES256("ES256", new EcdsaScheme(Curve.P_256, 32, WorkClass.INLINE)),
  ES256K("ES256K", new EcdsaScheme(Curve.P_256K, 32, WorkClass.INLINE)),
  ES384("ES384", new EcdsaScheme(Curve.P_384, 48, WorkClass.CPU)),
  ES512("ES512", new EcdsaScheme(Curve.P_521, 64, WorkClass.CPU)),
  HS256("HS256", new HmacScheme(Hash.SHA_256)),
  HS384("HS384", new HmacScheme(Hash.SHA_384)),
  HS512("HS512", new HmacScheme(Hash.SHA_512));

  private final String wireName;
  private final SignScheme scheme;

  SignAlgorithm(String wireName, SignScheme scheme) {
    this.wireName = wireName;
    this.scheme = scheme;
  }

  @Override
  public String wireName() {
    return wireName;
  }

  /** Looks an algorithm up by its exact wire name. */
  public static Optional<SignAlgorithm> fromWire(String alg) {
    for (SignAlgorithm algorithm : values()) {
      if (algorithm.wireName.equals(alg)) {
        return Optional.of(algorithm);
      }
    }
    return Optional.empty();
  }

  @Override
  public boolean fits(KeyMaterial material) {
    return scheme.fits(material);
  }

  /**
   * Where signing with this key runs.
   *
   * @throws localhsm.problem.ProblemException when the algorithm does not fit the key
   */
  public WorkClass signWork(KeyMaterial material) {
    requireFit(material);
    return scheme.signWork(material);
  }

  /**
   * Where verifying with this key runs.
   *
   * @throws localhsm.problem.ProblemException when the algorithm does not fit the key
   */
  public WorkClass verifyWork(KeyMaterial material) {
    requireFit(material);
    return scheme.verifyWork(material);
  }

  /**
   * Signs a digest.
   *
   * @throws localhsm.problem.ProblemException when the algorithm does not fit the key, or the
   *     digest has not the algorithm's length
   */
  public byte[] sign(KeyMaterial material, byte[] digest, Providers providers) {
    requireFit(material);
    scheme.requireDigest(wireName, material, digest);
    return scheme.sign(material, digest, providers);
  }

  /**
   * Whether the signature belongs to the digest; a malformed one does not.
   *
   * @throws localhsm.problem.ProblemException when the algorithm does not fit the key, or the
   *     digest has not the algorithm's length
   */
  public boolean verify(
      KeyMaterial material, byte[] digest, byte[] signature, Providers providers) {
    requireFit(material);
    scheme.requireDigest(wireName, material, digest);
    return scheme.verify(material, digest, signature, providers);
  }

  private void requireFit(KeyMaterial material) {
    if (!scheme.fits(material)) {
      throw Problems.algorithmMismatch(wireName);
    }
  }
}
