package localhsm.crypto;

import com.google.errorprone.annotations.Immutable;
import localhsm.secret.SecretBytes;
import localhsm.work.WorkClass;

/**
 * How a family of algorithms turns plaintext into ciphertext and back; encrypting and wrapping are
 * the same to it. {@link CipherAlgorithm} asks {@link #fits} first.
 */
@Immutable
interface CipherScheme {

  boolean fits(KeyMaterial material);

  WorkClass encryptWork(KeyMaterial material);

  WorkClass decryptWork(KeyMaterial material);

  /**
   * Encrypts.
   *
   * @throws localhsm.problem.ProblemException when the algorithm cannot take the input
   */
  CipherAlgorithm.Output encrypt(
      String algorithm, KeyMaterial material, CipherAlgorithm.Input input, Providers providers);

  /**
   * Decrypts.
   *
   * @throws localhsm.problem.ProblemException when a member is missing; otherwise always the same
   *     one, after the same work, whatever is wrong with the ciphertext
   */
  SecretBytes decrypt(KeyMaterial material, CipherAlgorithm.Input input, Providers providers);
}
