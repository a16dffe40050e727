package localhsm.crypto;

import java.util.Optional;
import localhsm.problem.Problems;
import localhsm.work.WorkClass;

/** The key wrapping algorithms (RFC 7518 4.1). */
public enum WrapAlgorithm implements KeyAlgorithm {
  RSA_OAEP_256("RSA-OAEP-256", RsaEncryptionScheme.oaep(Hash.SHA_256)),
  RSA_OAEP("RSA-OAEP", RsaEncryptionScheme.oaep(Hash.SHA_1)),
  RSA1_5("RSA1_5", RsaEncryptionScheme.pkcs1());

  private final String wireName;
  private final EncryptionScheme scheme;

  WrapAlgorithm(String wireName, EncryptionScheme scheme) {
    this.wireName = wireName;
    this.scheme = scheme;
  }

  @Override
  public String wireName() {
    return wireName;
  }

  /** Looks an algorithm up by its exact wire name. */
  public static Optional<WrapAlgorithm> fromWire(String alg) {
    for (WrapAlgorithm algorithm : values()) {
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
   * Where wrapping with this key runs.
   *
   * @throws localhsm.problem.ProblemException when the algorithm does not fit the key
   */
  public WorkClass wrapWork(KeyMaterial material) {
    requireFit(material);
    return scheme.encryptWork(material);
  }

  /**
   * Where unwrapping with this key runs.
   *
   * @throws localhsm.problem.ProblemException when the algorithm does not fit the key
   */
  public WorkClass unwrapWork(KeyMaterial material) {
    requireFit(material);
    return scheme.decryptWork(material);
  }

  /**
   * Wraps key bytes.
   *
   * @throws localhsm.problem.ProblemException when the algorithm does not fit the key, or the key
   *     bytes are too long for it
   */
  public byte[] wrap(KeyMaterial material, byte[] keyBytes, Providers providers) {
    requireFit(material);
    return scheme.encrypt(wireName, material, keyBytes, providers);
  }

  /**
   * Unwraps key bytes, which belong to the caller.
   *
   * @throws localhsm.problem.ProblemException when the algorithm does not fit the key; and one and
   *     the same for every failure, after the same work
   */
  public byte[] unwrap(KeyMaterial material, byte[] ciphertext, Providers providers) {
    requireFit(material);
    return scheme.decrypt(material, ciphertext, providers).expose();
  }

  private void requireFit(KeyMaterial material) {
    if (!scheme.fits(material)) {
      throw Problems.algorithmMismatch(wireName);
    }
  }
}
