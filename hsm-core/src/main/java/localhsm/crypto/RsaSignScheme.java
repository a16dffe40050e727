package localhsm.crypto;

import com.google.errorprone.annotations.Immutable;
import localhsm.work.WorkClass;

/** A signature scheme of RSA keys: the private operation is slow, the public one is not. */
@Immutable
interface RsaSignScheme extends SignScheme {

  @Override
  default boolean fits(KeyMaterial material) {
    return material instanceof RsaMaterial;
  }

  @Override
  default WorkClass signWork(KeyMaterial material) {
    return WorkClass.CPU;
  }

  @Override
  default WorkClass verifyWork(KeyMaterial material) {
    return ((RsaMaterial) material).publicWork();
  }
}
