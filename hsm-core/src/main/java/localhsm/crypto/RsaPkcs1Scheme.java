package localhsm.crypto;

import com.google.errorprone.annotations.Immutable;
import localhsm.problem.Problems;

/** RSASSA-PKCS1-v1_5 (RFC 8017 8.2): a DigestInfo in the padding of {@link RsaNullScheme}. */
@Immutable
record RsaPkcs1Scheme(Hash hash) implements RsaSignScheme {
  private static final RsaNullScheme PADDED = new RsaNullScheme();

  @Override
  public void requireDigest(String algorithm, KeyMaterial material, byte[] digest) {
    if (digest.length != hash.bytes()) {
      throw Problems.digestLength(algorithm, hash.bytes());
    }
  }

  @Override
  public byte[] sign(KeyMaterial material, byte[] digest, Providers providers) {
    return PADDED.sign(material, hash.digestInfo(digest), providers);
  }

  @Override
  public boolean verify(
      KeyMaterial material, byte[] digest, byte[] signature, Providers providers) {
    return PADDED.verify(material, hash.digestInfo(digest), signature, providers);
  }
}
