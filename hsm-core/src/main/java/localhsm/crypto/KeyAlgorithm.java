package localhsm.crypto;

/** What all algorithms have in common: a name, and the keys they work with. */
public interface KeyAlgorithm {

  /** The name in requests and answers. */
  String wireName();

  /** Whether the algorithm works with this key. */
  boolean fits(KeyMaterial material);
}
