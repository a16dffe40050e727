package localhsm.crypto;

import com.google.errorprone.annotations.Immutable;
import java.security.MessageDigest;
import java.util.Arrays;
import localhsm.problem.Problems;

/** PKCS#1 v1.5 padding of whatever is given, without a DigestInfo (RSNULL; RFC 8017 9.2, 3-5). */
@Immutable
record RsaNullScheme() implements RsaSignScheme {
  private static final int OVERHEAD = 11;

  @Override
  public void requireDigest(String algorithm, KeyMaterial material, byte[] digest) {
    int limit = ((RsaMaterial) material).modulusBytes() - OVERHEAD;
    if (digest.length > limit) {
      throw Problems.valueTooLong(algorithm, limit);
    }
  }

  @Override
  public byte[] sign(KeyMaterial material, byte[] value, Providers providers) {
    RsaMaterial key = (RsaMaterial) material;
    return providers.rsa().privateOperation(key, pad(value, key.modulusBytes()));
  }

  @Override
  public boolean verify(KeyMaterial material, byte[] value, byte[] signature, Providers providers) {
    RsaMaterial key = (RsaMaterial) material;
    // Building the one right block and comparing leaves no padding to be parsed wrongly.
    return key.takes(signature)
        && MessageDigest.isEqual(
            pad(value, key.modulusBytes()),
            providers.rsa().publicOperation(key.publicKey(), signature));
  }

  private static byte[] pad(byte[] value, int length) {
    byte[] block = new byte[length];
    int start = length - value.length;
    block[1] = 1;
    Arrays.fill(block, 2, start - 1, (byte) 0xff);
    System.arraycopy(value, 0, block, start, value.length);
    return block;
  }
}
