package localhsm.crypto;

import com.google.errorprone.annotations.Immutable;
import localhsm.secret.SecretBytes;
import localhsm.work.WorkClass;

/**
 * How a family of algorithms turns plaintext into ciphertext and back; encrypting and wrapping are
 * the same to it.
 */
@Immutable
interface EncryptionScheme {

  boolean fits(KeyMaterial material);

  WorkClass encryptWork(KeyMaterial material);

  WorkClass decryptWork(KeyMaterial material);

  /**
   * Encrypts.
   *
   * @throws localhsm.problem.ProblemException when the plaintext is too long
   */
  byte[] encrypt(String algorithm, KeyMaterial material, byte[] plaintext, Providers providers);

  /**
   * Decrypts.
   *
   * @throws localhsm.problem.ProblemException always the same one, after the same work, whatever is
   *     wrong with the ciphertext
   */
  SecretBytes decrypt(KeyMaterial material, byte[] ciphertext, Providers providers);
}
