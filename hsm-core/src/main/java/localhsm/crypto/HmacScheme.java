package localhsm.crypto;

import com.google.errorprone.annotations.Immutable;
import java.security.MessageDigest;
import localhsm.work.WorkClass;

/** HMAC (RFC 7518 3.2) over the value as it is given, under a symmetric key of any size. */
@Immutable
record HmacScheme(Hash hash) implements SignScheme {

  @Override
  public boolean fits(KeyMaterial material) {
    return material instanceof OctMaterial;
  }

  @Override
  public void requireDigest(String algorithm, KeyMaterial material, byte[] digest) {
    // Whether the value is a digest or a message is not documented: every length is good.
  }

  @Override
  public WorkClass signWork(KeyMaterial material) {
    return WorkClass.INLINE;
  }

  @Override
  public WorkClass verifyWork(KeyMaterial material) {
    return WorkClass.INLINE;
  }

  @Override
  public byte[] sign(KeyMaterial material, byte[] value, Providers providers) {
    return providers.oct().mac((OctMaterial) material, hash, value);
  }

  @Override
  public boolean verify(KeyMaterial material, byte[] value, byte[] signature, Providers providers) {
    return MessageDigest.isEqual(sign(material, value, providers), signature);
  }
}
