package localhsm.crypto;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import localhsm.problem.Problems;
import localhsm.secret.SecretBytes;
import org.bouncycastle.crypto.params.RSAKeyParameters;

/**
 * How a key of any kind travels under an RSA key: a fresh AES key in OAEP (RFC 8017 7.1), then the
 * target under that AES key (RFC 5649). PKCS#11 calls it {@code CKM_RSA_AES_KEY_WRAP}.
 */
public enum TransferMechanism {
  CKM_RSA_AES_KEY_WRAP("CKM_RSA_AES_KEY_WRAP", Hash.SHA_1),
  RSA_AES_KEY_WRAP_256("RSA_AES_KEY_WRAP_256", Hash.SHA_256),
  RSA_AES_KEY_WRAP_384("RSA_AES_KEY_WRAP_384", Hash.SHA_384);

  private static final int AES_BYTES = 32;
  private static final int MIN_MODULUS_BITS = 2048;
  private static final int MAX_MODULUS_BITS = 4096;

  private final String wireName;
  private final RsaCipherScheme oaep;

  TransferMechanism(String wireName, Hash hash) {
    this.wireName = wireName;
    this.oaep = RsaCipherScheme.oaep(hash);
  }

  /** The {@code enc} of requests and answers. */
  public String wireName() {
    return wireName;
  }

  /** Looks a mechanism up by its exact wire name. */
  public static Optional<TransferMechanism> fromWire(String enc) {
    for (TransferMechanism mechanism : values()) {
      if (mechanism.wireName.equals(enc)) {
        return Optional.of(mechanism);
      }
    }
    return Optional.empty();
  }

  /**
   * Wraps a target, which is not empty and stays the caller's, for whoever has the private key.
   *
   * @param n the modulus, from 2048 to 4096 bits
   * @param e the public exponent
   * @throws localhsm.problem.ProblemException when that is no RSA public key, or one too large or
   *     small
   */
  public byte[] wrap(BigInteger n, BigInteger e, SecretBytes target, Providers providers) {
    RSAKeyParameters wrapping = publicKey(n, e);
    try (SecretBytes fresh = SecretBytes.random(AES_BYTES, providers.random())) {
      byte[] wrappedKey = oaep.encrypt(wrapping, fresh.expose(), providers);
      byte[] wrapped =
          providers.oct().wrap(OctMaterial.decode(fresh), KeyWrap.PADDED, target.expose());
      byte[] blob = Arrays.copyOf(wrappedKey, wrappedKey.length + wrapped.length);
      System.arraycopy(wrapped, 0, blob, wrappedKey.length, wrapped.length);
      return blob;
    }
  }

  /**
   * Encrypts a target that is short enough, with RSA-OAEP-256 and no AES key between; it stays the
   * caller's.
   *
   * @param n the modulus, from 2048 to 4096 bits
   * @param e the public exponent
   * @throws localhsm.problem.ProblemException when that is no RSA public key, one too large or
   *     small, or the target is too long for it
   */
  public static byte[] encryptDirectly(
      BigInteger n, BigInteger e, SecretBytes target, Providers providers) {
    RSAKeyParameters wrapping = publicKey(n, e);
    RsaCipherScheme oaep = RsaCipherScheme.oaep(Hash.SHA_256);
    int limit = (n.bitLength() + 7) / 8 - oaep.padding().overhead();
    if (target.length() > limit) {
      throw Problems.valueTooLong(CipherAlgorithm.RSA_OAEP_256.wireName(), limit);
    }
    return oaep.encrypt(wrapping, target.expose(), providers);
  }

  private static RSAKeyParameters publicKey(BigInteger n, BigInteger e) {
    if (n.bitLength() < MIN_MODULUS_BITS || n.bitLength() > MAX_MODULUS_BITS) {
      throw Problems.invalidKeySize(Integer.toString(n.bitLength()));
    }
    if (n.signum() < 0 || !n.testBit(0) || !RsaMaterial.isExponent(e)) {
      throw Problems.badParameter("The wrapping key is not an RSA public key.");
    }
    return new RSAKeyParameters(false, n, e, true);
  }

  /**
   * Reverses {@link #wrap}. The caller closes the target.
   *
   * @throws localhsm.problem.ProblemException one and the same for every failure, after the same
   *     work
   */
  public SecretBytes unwrap(RsaMaterial kek, byte[] blob, Providers providers) {
    int split = Math.min(blob.length, kek.modulusBytes());
    Optional<SecretBytes> fresh =
        oaep.open(kek, Arrays.copyOf(blob, split), providers)
            .filter(key -> OctMaterial.hasSize(8 * key.length()));
    try (SecretBytes used = fresh.orElseGet(() -> SecretBytes.owning(new byte[AES_BYTES]))) {
      byte[] wrapped = Arrays.copyOfRange(blob, split, blob.length);
      return providers
          .oct()
          .unwrap(OctMaterial.decode(used), KeyWrap.PADDED, wrapped)
          .filter(target -> fresh.isPresent())
          .orElseThrow(Problems::decryptionFailed);
    }
  }
}
