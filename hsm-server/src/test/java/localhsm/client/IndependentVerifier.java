package localhsm.client;

import com.azure.security.keyvault.keys.cryptography.models.SignatureAlgorithm;
import com.azure.security.keyvault.keys.models.JsonWebKey;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.DigestInfo;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.AsymmetricBlockCipher;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.encodings.PKCS1Encoding;
import org.bouncycastle.crypto.engines.RSABlindedEngine;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.PSSSigner;
import org.bouncycastle.operator.DefaultDigestAlgorithmIdentifierFinder;

/** Verifies signatures with nothing but the public key that a client was given. */
final class IndependentVerifier {
  private IndependentVerifier() {}

  static byte[] digest(SignatureAlgorithm algorithm, byte[] message)
      throws GeneralSecurityException {
    return MessageDigest.getInstance(hash(algorithm)).digest(message);
  }

  static boolean verify(
      JsonWebKey key, SignatureAlgorithm algorithm, byte[] digest, byte[] signature)
      throws Exception {
    return switch (algorithm.toString().substring(0, 2)) {
      case "RS" -> pkcs1(rsa(key), algorithm, digest, signature);
      case "PS" -> pss(rsa(key), digest, signature);
      default -> ecdsa(key, digest, signature);
    };
  }

  private static boolean pkcs1(
      RSAKeyParameters key, SignatureAlgorithm algorithm, byte[] digest, byte[] signature)
      throws Exception {
    AsymmetricBlockCipher cipher = new PKCS1Encoding(new RSABlindedEngine());
    cipher.init(false, key);
    byte[] recovered = cipher.processBlock(signature, 0, signature.length);
    AlgorithmIdentifier hash =
        new AlgorithmIdentifier(
            new DefaultDigestAlgorithmIdentifierFinder().find(hash(algorithm)).getAlgorithm(),
            DERNull.INSTANCE);
    return MessageDigest.isEqual(recovered, new DigestInfo(hash, digest).getEncoded("DER"));
  }

  private static boolean pss(RSAKeyParameters key, byte[] digest, byte[] signature) {
    org.bouncycastle.crypto.Digest hash =
        switch (digest.length) {
          case 32 -> new SHA256Digest();
          case 48 -> new SHA384Digest();
          default -> new SHA512Digest();
        };
    PSSSigner signer =
        PSSSigner.createRawSigner(new RSABlindedEngine(), hash, hash, digest.length, (byte) 0xbc);
    signer.init(false, key);
    signer.update(digest, 0, digest.length);
    return signer.verifySignature(signature);
  }

  private static boolean ecdsa(JsonWebKey key, byte[] digest, byte[] signature) {
    String name =
        switch (key.getCurveName().toString()) {
          case "P-256" -> "secp256r1";
          case "P-256K" -> "secp256k1";
          case "P-384" -> "secp384r1";
          default -> "secp521r1";
        };
    X9ECParameters curve = ECNamedCurveTable.getByName(name);
    ECDSASigner signer = new ECDSASigner();
    signer.init(
        false,
        new ECPublicKeyParameters(
            curve.getCurve().createPoint(unsigned(key.getX()), unsigned(key.getY())),
            new ECDomainParameters(curve)));
    int half = signature.length / 2;
    byte[] r = java.util.Arrays.copyOfRange(signature, 0, half);
    byte[] s = java.util.Arrays.copyOfRange(signature, half, signature.length);
    return half == key.getX().length && signer.verifySignature(digest, unsigned(r), unsigned(s));
  }

  private static RSAKeyParameters rsa(JsonWebKey key) {
    return new RSAKeyParameters(false, unsigned(key.getN()), unsigned(key.getE()));
  }

  private static BigInteger unsigned(byte[] bytes) {
    return new BigInteger(1, bytes);
  }

  private static String hash(SignatureAlgorithm algorithm) {
    String name = algorithm.toString();
    return "ES256K".equals(name) ? "SHA-256" : "SHA-" + name.substring(2, 5);
  }
}
