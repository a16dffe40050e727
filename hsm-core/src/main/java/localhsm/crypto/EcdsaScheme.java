package localhsm.crypto;

import com.google.errorprone.annotations.Immutable;
import localhsm.problem.Problems;
import localhsm.work.WorkClass;

/**
 * ECDSA on one curve; a signature is r || s, each as long as the curve's field (RFC 7518 3.4).
 *
 * @param work where signing and verifying run: about 55 microseconds on the curves of 256 bits, 400
 *     and more on the others
 */
@Immutable
record EcdsaScheme(Curve curve, int digestBytes, WorkClass work) implements SignScheme {

  @Override
  public boolean fits(KeyMaterial material) {
    return material instanceof EcMaterial ec && ec.curve() == curve;
  }

  @Override
  public void requireDigest(String algorithm, KeyMaterial material, byte[] digest) {
    if (digest.length != digestBytes) {
      throw Problems.digestLength(algorithm, digestBytes);
    }
  }

  @Override
  public WorkClass signWork(KeyMaterial material) {
    return work;
  }

  @Override
  public WorkClass verifyWork(KeyMaterial material) {
    return work;
  }

  @Override
  public byte[] sign(KeyMaterial material, byte[] digest, Providers providers) {
    return providers.ec(curve).sign((EcMaterial) material, digest);
  }

  @Override
  public boolean verify(
      KeyMaterial material, byte[] digest, byte[] signature, Providers providers) {
    return signature.length == 2 * curve.fieldBytes()
        && providers.ec(curve).verify((EcMaterial) material, digest, signature);
  }
}
