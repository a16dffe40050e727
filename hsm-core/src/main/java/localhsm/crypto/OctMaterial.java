package localhsm.crypto;

import java.util.List;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import localhsm.problem.Problems;
import localhsm.secret.SecretBytes;

/** A symmetric key of 128, 192 or 256 bits, for AES and HMAC alike. */
final class OctMaterial implements KeyMaterial {
  private static final List<Integer> SIZES = List.of(128, 192, 256);

  private final SecretKey key;
  private final int bits;

  /** Copies the bytes, which have the right length. */
  private OctMaterial(SecretBytes bytes) {
    this.key = new SecretKeySpec(bytes.expose(), "AES");
    this.bits = 8 * bytes.length();
  }

  /** Whether symmetric keys of that size exist here. */
  static boolean hasSize(int bits) {
    return SIZES.contains(bits);
  }

  static OctMaterial decode(SecretBytes raw) {
    if (!hasSize(8 * raw.length())) {
      throw new IllegalArgumentException("not a symmetric key of the HSM");
    }
    return new OctMaterial(raw);
  }

  static OctMaterial imported(SecretBytes raw) {
    long size = 8L * raw.length();
    if (size > Integer.MAX_VALUE || !hasSize((int) size)) {
      throw Problems.invalidKeySize(Long.toString(size));
    }
    return new OctMaterial(raw);
  }

  @Override
  public KeyType type() {
    return KeyType.OCT;
  }

  @Override
  public int bits() {
    return bits;
  }

  @Override
  public KeyParameters parameters() {
    return new KeyParameters.Oct(bits);
  }

  SecretKey secretKey() {
    return key;
  }

  @Override
  public SecretBytes encoded() {
    return SecretBytes.owning(key.getEncoded());
  }

  @Override
  public String toString() {
    return "OctMaterial[" + bits + "]";
  }
}
