package localhsm.server.lab;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateCrtKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** RSA keys as JWKs (RFC 7518 6.3), which an attested environment holds. */
final class RsaJwk {
  private static final int MODULUS_BITS = 2048;

  private RsaJwk() {}

  /** A public key. */
  record Public(String kid, BigInteger modulus, BigInteger exponent) {

    Map<String, Object> members() {
      Map<String, Object> members = new LinkedHashMap<>();
      members.put("kty", "RSA");
      members.put("kid", kid);
      members.put("key_use", "enc");
      members.put("n", number(modulus));
      members.put("e", number(exponent));
      return members;
    }
  }

  static RSAPrivateCrtKey generate(SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(MODULUS_BITS, random);
      return (RSAPrivateCrtKey) generator.generateKeyPair().getPrivate();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK makes RSA keys", e);
    }
  }

  static Public publicPart(RSAPrivateCrtKey key) {
    BigInteger modulus = key.getModulus();
    BigInteger exponent = key.getPublicExponent();
    return new Public(thumbprint(modulus, exponent), modulus, exponent);
  }

  /** Both parts: who asked for a key has to get it. */
  static Map<String, Object> members(RSAPrivateCrtKey key) {
    Map<String, Object> members = publicPart(key).members();
    members.put("d", number(key.getPrivateExponent()));
    members.put("p", number(key.getPrimeP()));
    members.put("q", number(key.getPrimeQ()));
    members.put("dp", number(key.getPrimeExponentP()));
    members.put("dq", number(key.getPrimeExponentQ()));
    members.put("qi", number(key.getCrtCoefficient()));
    return members;
  }

  /** The name of a key that was given none (RFC 7638). */
  static String thumbprint(BigInteger modulus, BigInteger exponent) {
    String jwk =
        "{\"e\":\"" + number(exponent) + "\",\"kty\":\"RSA\",\"n\":\"" + number(modulus) + "\"}";
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(jwk.getBytes(StandardCharsets.US_ASCII));
      return base64Url(hash);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static String number(BigInteger value) {
    byte[] bytes = value.toByteArray();
    return base64Url(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
  }

  private static String base64Url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
