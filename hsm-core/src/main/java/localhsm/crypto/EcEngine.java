package localhsm.crypto;

/** The elliptic curve primitives of one implementation. Signatures are r || s of fixed length. */
interface EcEngine {

  /** Makes a key. */
  EcMaterial generate(Curve curve);

  /** Signs a digest. */
  byte[] sign(EcMaterial key, byte[] digest);

  /** Whether a signature of the right length, with whatever content, belongs to the digest. */
  boolean verify(EcMaterial key, byte[] digest, byte[] signature);
}
