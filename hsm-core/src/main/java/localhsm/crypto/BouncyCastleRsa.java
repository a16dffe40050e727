package localhsm.crypto;

import java.math.BigInteger;
import java.security.SecureRandom;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.engines.RSABlindedEngine;
import org.bouncycastle.crypto.generators.RSAKeyPairGenerator;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.params.RSAKeyGenerationParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;

/**
 * RSA by BouncyCastle. Its engine blinds every private operation and checks the result against the
 * public key before it is given out.
 */
final class BouncyCastleRsa implements RsaEngine {
  private static final int PRIME_CERTAINTY = 128;

  private final SecureRandom random;

  BouncyCastleRsa(SecureRandom random) {
    this.random = random;
  }

  @Override
  public RsaMaterial generate(int modulusBits, int publicExponent) {
    RSAKeyPairGenerator generator = new RSAKeyPairGenerator();
    generator.init(
        new RSAKeyGenerationParameters(
            BigInteger.valueOf(publicExponent), random, modulusBits, PRIME_CERTAINTY));
    AsymmetricCipherKeyPair pair = generator.generateKeyPair();
    return new RsaMaterial(
        (RSAKeyParameters) pair.getPublic(), (RSAPrivateCrtKeyParameters) pair.getPrivate());
  }

  @Override
  public byte[] publicOperation(RSAKeyParameters key, byte[] block) {
    return run(key, block);
  }

  @Override
  public byte[] privateOperation(RsaMaterial key, byte[] block) {
    return run(new ParametersWithRandom(key.privateKey(), random), block);
  }

  private static byte[] run(CipherParameters key, byte[] block) {
    RSABlindedEngine engine = new RSABlindedEngine();
    // "For encryption" means here that leading zeros of the result are kept.
    engine.init(true, key);
    return engine.processBlock(block, 0, block.length);
  }
}
