package localhsm.crypto;

import java.util.Optional;
import localhsm.problem.Problems;
import localhsm.secret.SecretBytes;
import localhsm.work.WorkClass;

/**
 * The algorithms of encrypting and of wrapping keys, which are the same operation (RFC 7518 4 and
 * 5, RFC 3394, RFC 5649). The {@code CKM} ones take an AES key of any size, all other ones of AES
 * exactly the size in their name.
 */
public enum CipherAlgorithm implements KeyAlgorithm {
  RSA_OAEP_256("RSA-OAEP-256", RsaCipherScheme.oaep(Hash.SHA_256), Wrapping.BOTH),
  RSA_OAEP("RSA-OAEP", RsaCipherScheme.oaep(Hash.SHA_1), Wrapping.PLAIN),
  RSA1_5("RSA1_5", RsaCipherScheme.pkcs1(), Wrapping.PLAIN),
  A128GCM("A128GCM", new AesGcmScheme(AesKeySize.A128), Wrapping.PLAIN),
  A192GCM("A192GCM", new AesGcmScheme(AesKeySize.A192), Wrapping.PLAIN),
  A256GCM("A256GCM", new AesGcmScheme(AesKeySize.A256), Wrapping.PLAIN),
  A128CBC("A128CBC", new AesCbcScheme(AesKeySize.A128, CbcPadding.ZEROS), Wrapping.PLAIN),
  A192CBC("A192CBC", new AesCbcScheme(AesKeySize.A192, CbcPadding.ZEROS), Wrapping.PLAIN),
  A256CBC("A256CBC", new AesCbcScheme(AesKeySize.A256, CbcPadding.ZEROS), Wrapping.PLAIN),
  A128CBCPAD("A128CBCPAD", new AesCbcScheme(AesKeySize.A128, CbcPadding.PKCS7), Wrapping.PLAIN),
  A192CBCPAD("A192CBCPAD", new AesCbcScheme(AesKeySize.A192, CbcPadding.PKCS7), Wrapping.PLAIN),
  A256CBCPAD("A256CBCPAD", new AesCbcScheme(AesKeySize.A256, CbcPadding.PKCS7), Wrapping.PLAIN),
  A128KW("A128KW", new AesWrapScheme(AesKeySize.A128, KeyWrap.PLAIN), Wrapping.BOTH),
  A192KW("A192KW", new AesWrapScheme(AesKeySize.A192, KeyWrap.PLAIN), Wrapping.BOTH),
  A256KW("A256KW", new AesWrapScheme(AesKeySize.A256, KeyWrap.PLAIN), Wrapping.BOTH),
  A128KWPAD("A128KWPAD", new AesWrapScheme(AesKeySize.A128, KeyWrap.PADDED), Wrapping.SECURE),
  A192KWPAD("A192KWPAD", new AesWrapScheme(AesKeySize.A192, KeyWrap.PADDED), Wrapping.SECURE),
  A256KWPAD("A256KWPAD", new AesWrapScheme(AesKeySize.A256, KeyWrap.PADDED), Wrapping.SECURE),
  CKM_AES_KEY_WRAP(
      "CKM_AES_KEY_WRAP", new AesWrapScheme(AesKeySize.ANY, KeyWrap.PLAIN), Wrapping.BOTH),
  CKM_AES_KEY_WRAP_PAD(
      "CKM_AES_KEY_WRAP_PAD", new AesWrapScheme(AesKeySize.ANY, KeyWrap.PADDED), Wrapping.BOTH);

  private final String wireName;
  private final CipherScheme scheme;
  private final Wrapping wrapping;

  private enum Wrapping {
    PLAIN,
    SECURE,
    BOTH
  }

  /**
   * What is encrypted or decrypted. Algorithms ignore the members that they have no use for: RSA
   * and key wrapping all but the value, CBC tag and associated data, encryption the tag.
   *
   * @param iv 12 bytes for decrypting GCM, 16 for CBC
   * @param tag 16 bytes for decrypting GCM
   * @param aad associated data of GCM
   */
  public record Input(
      byte[] value, Optional<byte[]> iv, Optional<byte[]> tag, Optional<byte[]> aad) {

    /** A value alone. */
    public static Input of(byte[] value) {
      return new Input(value, Optional.empty(), Optional.empty(), Optional.empty());
    }
  }

  /**
   * What came out, with everything that decrypting it will need.
   *
   * @param aad the associated data that was given
   */
  public record Output(
      byte[] value, Optional<byte[]> iv, Optional<byte[]> tag, Optional<byte[]> aad) {

    /** A value alone. */
    public static Output of(byte[] value) {
      return new Output(value, Optional.empty(), Optional.empty(), Optional.empty());
    }
  }

  CipherAlgorithm(String wireName, CipherScheme scheme, Wrapping wrapping) {
    this.wireName = wireName;
    this.scheme = scheme;
    this.wrapping = wrapping;
  }

  @Override
  public String wireName() {
    return wireName;
  }

  /** Looks an algorithm up by its exact wire name. */
  public static Optional<CipherAlgorithm> fromWire(String alg) {
    for (CipherAlgorithm algorithm : values()) {
      if (algorithm.wireName.equals(alg)) {
        return Optional.of(algorithm);
      }
    }
    return Optional.empty();
  }

  /** Whether encrypting, decrypting, and wrapping and unwrapping of the caller's keys take it. */
  public boolean plainWrap() {
    return wrapping != Wrapping.SECURE;
  }

  /** Whether secure wrapping and unwrapping take it. */
  public boolean secureWrap() {
    return wrapping != Wrapping.PLAIN;
  }

  @Override
  public boolean fits(KeyMaterial material) {
    return scheme.fits(material);
  }

  /**
   * Where encrypting with this key runs, unless the value is large.
   *
   * @throws localhsm.problem.ProblemException when the algorithm does not fit the key
   */
  public WorkClass encryptWork(KeyMaterial material) {
    requireFit(material);
    return scheme.encryptWork(material);
  }

  /**
   * Where decrypting with this key runs, unless the value is large.
   *
   * @throws localhsm.problem.ProblemException when the algorithm does not fit the key
   */
  public WorkClass decryptWork(KeyMaterial material) {
    requireFit(material);
    return scheme.decryptWork(material);
  }

  /**
   * Encrypts.
   *
   * @throws localhsm.problem.ProblemException when the algorithm does not fit the key, the
   *     plaintext has not a length that it takes, or the initialization vector is wrong
   */
  public Output encrypt(KeyMaterial material, Input input, Providers providers) {
    requireFit(material);
    return scheme.encrypt(wireName, material, input, providers);
  }

  /**
   * Decrypts; the plaintext belongs to the caller and is the only part of the answer.
   *
   * @throws localhsm.problem.ProblemException when the algorithm does not fit the key, or a member
   *     that it needs is missing; and one and the same for every failure, after the same work
   */
  public Output decrypt(KeyMaterial material, Input input, Providers providers) {
    requireFit(material);
    return Output.of(scheme.decrypt(material, input, providers).expose());
  }

  /** Wraps a secret, which stays the caller's, as {@link #encrypt} does. */
  public byte[] wrapSecret(KeyMaterial material, SecretBytes secret, Providers providers) {
    return encrypt(material, Input.of(secret.expose()), providers).value();
  }

  /** Unwraps a secret, which the caller closes, as {@link #decrypt} does. */
  public SecretBytes unwrapSecret(KeyMaterial material, byte[] wrapped, Providers providers) {
    requireFit(material);
    return scheme.decrypt(material, Input.of(wrapped), providers);
  }

  private void requireFit(KeyMaterial material) {
    if (!scheme.fits(material)) {
      throw Problems.algorithmMismatch(wireName);
    }
  }
}
