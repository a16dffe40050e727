package localhsm.server.authority;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import localhsm.secret.SecretBytes;

/**
 * An RSA key pair.
 *
 * @param kid the SHA-256 thumbprint of the public key (RFC 7638)
 */
record SigningKeyPair(RSAPublicKey key, PrivateKey privateKey, String kid) {
  private static final int MODULUS_BITS = 2048;

  static SigningKeyPair generate(SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(MODULUS_BITS, random);
      return of((RSAPrivateCrtKey) generator.generateKeyPair().getPrivate());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK makes RSA keys", e);
    }
  }

  static SigningKeyPair restore(SecretBytes pkcs8) {
    try {
      PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(pkcs8.expose());
      return of((RSAPrivateCrtKey) KeyFactory.getInstance("RSA").generatePrivate(spec));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the stored signing key of the authority is damaged", e);
    }
  }

  private static SigningKeyPair of(RSAPrivateCrtKey key) throws GeneralSecurityException {
    RSAPublicKeySpec spec = new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent());
    RSAPublicKey publicKey = (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(spec);
    try {
      String kid = new RSAKey.Builder(publicKey).build().computeThumbprint().toString();
      return new SigningKeyPair(publicKey, key, kid);
    } catch (JOSEException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  SecretBytes pkcs8() {
    return SecretBytes.owning(privateKey.getEncoded());
  }

  SecretBytes pem() {
    try (SecretBytes der = pkcs8()) {
      byte[] lines =
          Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encode(der.expose());
      byte[] begin = "-----BEGIN PRIVATE KEY-----\n".getBytes(StandardCharsets.US_ASCII);
      byte[] end = "\n-----END PRIVATE KEY-----\n".getBytes(StandardCharsets.US_ASCII);
      byte[] pem = new byte[begin.length + lines.length + end.length];
      System.arraycopy(begin, 0, pem, 0, begin.length);
      System.arraycopy(lines, 0, pem, begin.length, lines.length);
      System.arraycopy(end, 0, pem, begin.length + lines.length, end.length);
      Arrays.fill(lines, (byte) 0);
      return SecretBytes.owning(pem);
    }
  }

  Map<String, Object> jwk() {
    return new RSAKey.Builder(key)
        .keyID(kid)
        .keyUse(KeyUse.SIGNATURE)
        .algorithm(JWSAlgorithm.RS256)
        .build()
        .toJSONObject();
  }

  /** The key id alone. */
  @Override
  public String toString() {
    return "SigningKeyPair[" + kid + "]";
  }
}
