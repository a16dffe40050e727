package localhsm.crypto;

import java.util.Optional;
import localhsm.problem.Problems;
import localhsm.work.WorkClass;

/** The encryption algorithms (RFC 7518 4.1). */
public enum EncryptAlgorithm implements KeyAlgorithm {
  RSA_OAEP_256("RSA-OAEP-256", RsaEncryptionScheme.oaep(Hash.SHA_256)),
  RSA_OAEP("RSA-OAEP", RsaEncryptionScheme.oaep(Hash.SHA_1)),
  RSA1_5("RSA1_5", RsaEncryptionScheme.pkcs1());

  private final String wireName;
  private final EncryptionScheme scheme;

  EncryptAlgorithm(String wireName, EncryptionScheme scheme) {
    this.wireName = wireName;
    this.scheme = scheme;
  }

  @Override
  public String wireName() {
    return wireName;
  }

  /** Looks an algorithm up by its exact wire name. */
  public static Optional<EncryptAlgorithm> fromWire(String alg) {
    for (EncryptAlgorithm algorithm : values()) {
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
   * Where encrypting with this key runs.
   *
   * @throws localhsm.problem.ProblemException when the algorithm does not fit the key
   */
  public WorkClass encryptWork(KeyMaterial material) {
    requireFit(material);
    return scheme.encryptWork(material);
  }

  /**
   * Where decrypting with this key runs.
   *
   * @throws localhsm.problem.ProblemException when the algorithm does not fit the key
   */
  public WorkClass decryptWork(KeyMaterial material) {
    requireFit(material);
    return scheme.decryptWork(material);
  }

  /**
   * Encrypts.
   *
   * @throws localhsm.problem.ProblemException when the algorithm does not fit the key, or the
   *     plaintext is too long for it
   */
  public byte[] encrypt(KeyMaterial material, byte[] plaintext, Providers providers) {
    requireFit(material);
    return scheme.encrypt(wireName, material, plaintext, providers);
  }

  /**
   * Decrypts; the plaintext belongs to the caller.
   *
   * @throws localhsm.problem.ProblemException when the algorithm does not fit the key; and one and
   *     the same for every failure, after the same work
   */
  public byte[] decrypt(KeyMaterial material, byte[] ciphertext, Providers providers) {
    requireFit(material);
    return scheme.decrypt(material, ciphertext, providers).expose();
  }

  private void requireFit(KeyMaterial material) {
    if (!scheme.fits(material)) {
      throw Problems.algorithmMismatch(wireName);
    }
  }
}
