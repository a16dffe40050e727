package localhsm.crypto;

import java.math.BigInteger;
import java.security.SecureRandom;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.util.BigIntegers;

/** Elliptic curves by BouncyCastle. */
final class BouncyCastleEc implements EcEngine {
  private final SecureRandom random;

  BouncyCastleEc(SecureRandom random) {
    this.random = random;
  }

  @Override
  public EcMaterial generate(Curve curve) {
    ECKeyPairGenerator generator = new ECKeyPairGenerator();
    generator.init(new ECKeyGenerationParameters(curve.domain(), random));
    AsymmetricCipherKeyPair pair = generator.generateKeyPair();
    return new EcMaterial(
        curve,
        (ECPublicKeyParameters) pair.getPublic(),
        (ECPrivateKeyParameters) pair.getPrivate());
  }

  @Override
  public byte[] sign(EcMaterial key, byte[] digest) {
    ECDSASigner signer = new ECDSASigner();
    signer.init(true, new ParametersWithRandom(key.privateKey(), random));
    BigInteger[] signature = signer.generateSignature(digest);
    int half = key.curve().fieldBytes();
    byte[] raw = new byte[2 * half];
    BigIntegers.asUnsignedByteArray(signature[0], raw, 0, half);
    BigIntegers.asUnsignedByteArray(signature[1], raw, half, half);
    return raw;
  }

  @Override
  public boolean verify(EcMaterial key, byte[] digest, byte[] signature) {
    ECDSASigner signer = new ECDSASigner();
    signer.init(false, key.publicKey());
    int half = key.curve().fieldBytes();
    return signer.verifySignature(
        digest,
        BigIntegers.fromUnsignedByteArray(signature, 0, half),
        BigIntegers.fromUnsignedByteArray(signature, half, half));
  }
}
