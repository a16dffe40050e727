package localhsm.crypto;

import org.bouncycastle.crypto.params.RSAKeyParameters;

/** The RSA primitives of one implementation; paddings are none of its business. */
interface RsaEngine {

  /** Makes a key. */
  RsaMaterial generate(int modulusBits, int publicExponent);

  /**
   * RSAEP and RSAVP1 (RFC 8017 5): block and result are as long as the modulus.
   *
   * @param block as a number smaller than the modulus
   */
  byte[] publicOperation(RSAKeyParameters key, byte[] block);

  /**
   * RSADP and RSASP1 (RFC 8017 5), through the CRT, blinded.
   *
   * @param block one that the key {@link RsaMaterial#takes takes}
   */
  byte[] privateOperation(RsaMaterial key, byte[] block);
}
