package localhsm.crypto;

import com.google.errorprone.annotations.Immutable;
import java.util.Optional;
import localhsm.problem.Problems;
import localhsm.work.WorkClass;

/** An encryption scheme of AES keys. All of them are quick. */
@Immutable
interface AesScheme extends CipherScheme {

  AesKeySize size();

  @Override
  default boolean fits(KeyMaterial material) {
    return material instanceof OctMaterial key && size().takes(key);
  }

  @Override
  default WorkClass encryptWork(KeyMaterial material) {
    return WorkClass.INLINE;
  }

  @Override
  default WorkClass decryptWork(KeyMaterial material) {
    return WorkClass.INLINE;
  }

  /** A member without which nothing can be decrypted. */
  static byte[] required(Optional<byte[]> value, String member) {
    return value.orElseThrow(() -> Problems.badParameter("Property " + member + " is required."));
  }
}
