package localhsm.crypto;

import java.util.HexFormat;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.util.DigestFactory;

/** The hash functions inside paddings and MACs, with what RFC 8017 builds from them. */
enum Hash {
  SHA_1(20, "3021300906052b0e03021a05000414") {
    @Override
    Digest create() {
      return DigestFactory.createSHA1();
    }
  },
  SHA_256(32, "3031300d060960864801650304020105000420") {
    @Override
    Digest create() {
      return DigestFactory.createSHA256();
    }
  },
  SHA_384(48, "3041300d060960864801650304020205000430") {
    @Override
    Digest create() {
      return DigestFactory.createSHA384();
    }
  },
  SHA_512(64, "3051300d060960864801650304020305000440") {
    @Override
    Digest create() {
      return DigestFactory.createSHA512();
    }
  };

  private final int bytes;
  private final String digestInfoPrefix;

  Hash(int bytes, String digestInfoPrefix) {
    this.bytes = bytes;
    this.digestInfoPrefix = digestInfoPrefix;
  }

  abstract Digest create();

  /** Length of a digest. */
  int bytes() {
    return bytes;
  }

  /** The JCE name of the HMAC with this hash. */
  String hmac() {
    return name().replace("SHA_", "HmacSHA");
  }

  /** The digest of the parts, one after the other. */
  byte[] digest(byte[]... parts) {
    Digest digest = create();
    for (byte[] part : parts) {
      digest.update(part, 0, part.length);
    }
    byte[] out = new byte[bytes];
    digest.doFinal(out, 0);
    return out;
  }

  /** The DER of a DigestInfo (RFC 8017 9.2, note 1). */
  byte[] digestInfo(byte[] digest) {
    byte[] prefix = HexFormat.of().parseHex(digestInfoPrefix);
    byte[] info = new byte[prefix.length + digest.length];
    System.arraycopy(prefix, 0, info, 0, prefix.length);
    System.arraycopy(digest, 0, info, prefix.length, digest.length);
    return info;
  }

  /** XORs the mask MGF1(seed) onto the target (RFC 8017 B.2.1). */
  void mask(byte[] target, byte[] seed) {
    for (int block = 0; block * bytes < target.length; block++) {
      byte[] counter = {
        (byte) (block >>> 24), (byte) (block >>> 16), (byte) (block >>> 8), (byte) block
      };
      byte[] mask = digest(seed, counter);
      int start = block * bytes;
      for (int i = start; i < Math.min(target.length, start + bytes); i++) {
        target[i] ^= mask[i - start];
      }
    }
  }
}
