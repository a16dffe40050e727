package localhsm.crypto;

/** What all algorithms have in common: a name, and the keys they work with. */
public sealed interface KeyAlgorithm permits SignAlgorithm, CipherAlgorithm {

  /** The {@code alg} of requests and answers. */
  String wireName();

  /** Whether the algorithm belongs to this kind of key, size and curve included. */
  boolean fits(KeyMaterial material);
}
