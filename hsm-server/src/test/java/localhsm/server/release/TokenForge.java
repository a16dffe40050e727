package localhsm.server.release;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes attestation tokens of any shape, with the JDK alone, and is the issuer of its keys. */
public final class TokenForge implements AttestationIssuer {
  /** The {@code iss} of its tokens. */
  public static final String ISSUER = "https://attest.example";

  /** When its tokens are valid, in Unix seconds. */
  public static final long NOW = 1_800_000_000L;

  /** The ids of its keys; the one of the environment is no key of the issuer. */
  final Map<String, KeyPair> keys =
      Map.of(
          "rsa", rsa(2048),
          "p256", ec("secp256r1"),
          "p384", ec("secp384r1"),
          "p521", ec("secp521r1"));

  /** The key that the attested environment holds. */
  public final KeyPair environment = rsa(2048);

  int lookUps;

  KeyPair pair(String kid) {
    return Objects.requireNonNull(keys.get(kid));
  }

  static KeyPair rsa(int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static KeyPair ec(String curve) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(curve));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static String header(String alg, String kid) {
    return "{\"alg\":\"" + alg + "\",\"typ\":\"JWT\",\"kid\":\"" + kid + "\"}";
  }

  /** Claims that nothing is wrong with. */
  public String claims() {
    return claims(jwk(environment.getPublic(), "\"kid\":\"env\",\"key_use\":\"enc\""));
  }

  static String claims(String keys) {
    return """
        {"iss":"%s","iat":%d,"nbf":%d,"exp":%d,"tee":{"type":"sevsnpvm"},\
        "x-ms-runtime":{"keys":[%s]}}"""
        .formatted(ISSUER, NOW, NOW, NOW + 3600, keys);
  }

  static String jwk(PublicKey key, String more) {
    RSAPublicKey rsa = (RSAPublicKey) key;
    return "{\"kty\":\"RSA\",\"n\":\"%s\",\"e\":\"%s\",%s}"
        .formatted(number(rsa.getModulus()), number(rsa.getPublicExponent()), more);
  }

  static String number(BigInteger value) {
    byte[] bytes = value.toByteArray();
    int lead = bytes[0] == 0 ? 1 : 0;
    byte[] unsigned = new byte[bytes.length - lead];
    System.arraycopy(bytes, lead, unsigned, 0, unsigned.length);
    return base64(unsigned);
  }

  /** A token with a good signature. */
  public String token(String claims) {
    return token("RS256", "rsa", claims);
  }

  String token(String alg, String kid, String claims) {
    return sign(alg, pair(kid), base64(header(alg, kid)) + "." + base64(claims));
  }

  /** Signs whatever the two parts are. */
  static String sign(String alg, KeyPair pair, String parts) {
    try {
      Signature signature = signature(alg);
      signature.initSign(pair.getPrivate());
      signature.update(parts.getBytes(StandardCharsets.US_ASCII));
      return parts + "." + base64(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static Signature signature(String alg) throws GeneralSecurityException {
    String bits = alg.substring(2);
    if (alg.startsWith("PS")) {
      Signature signature = Signature.getInstance("RSASSA-PSS");
      String hash = "SHA-" + bits;
      signature.setParameter(
          new PSSParameterSpec(
              hash, "MGF1", new MGF1ParameterSpec(hash), Integer.parseInt(bits) / 8, 1));
      return signature;
    }
    return Signature.getInstance(
        alg.startsWith("RS") ? "SHA" + bits + "withRSA" : "SHA" + bits + "withECDSAinP1363Format");
  }

  /** The old trick: the public key as the secret of an HMAC. */
  String hmacWithPublicKey(String claims) {
    String parts = base64(header("HS256", "rsa")) + "." + base64(claims);
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(pair("rsa").getPublic().getEncoded(), "HmacSHA256"));
      return parts + "." + base64(mac.doFinal(parts.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static String base64(String text) {
    return base64(text.getBytes(StandardCharsets.UTF_8));
  }

  static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public boolean goesBy(String iss) {
    return iss.equals(ISSUER);
  }

  @Override
  public CompletionStage<Optional<PublicKey>> key(String kid) {
    lookUps++;
    return CompletableFuture.completedFuture(
        Optional.ofNullable(keys.get(kid)).map(KeyPair::getPublic));
  }
}
