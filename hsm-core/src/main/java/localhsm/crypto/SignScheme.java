package localhsm.crypto;

import com.google.errorprone.annotations.Immutable;
import localhsm.work.WorkClass;

/**
 * How a family of algorithms signs a digest. {@link SignAlgorithm} asks {@link #fits} and {@link
 * #requireDigest} before it signs or verifies.
 */
@Immutable
interface SignScheme {

  boolean fits(KeyMaterial material);

  /**
   * Refuses a digest of a length that the algorithm does not take.
   *
   * @throws localhsm.problem.ProblemException with the expected length
   */
  void requireDigest(String algorithm, KeyMaterial material, byte[] digest);

  WorkClass signWork(KeyMaterial material);

  WorkClass verifyWork(KeyMaterial material);

  byte[] sign(KeyMaterial material, byte[] digest, Providers providers);

  /** Whether the signature is right; a malformed one is merely wrong. */
  boolean verify(KeyMaterial material, byte[] digest, byte[] signature, Providers providers);
}
