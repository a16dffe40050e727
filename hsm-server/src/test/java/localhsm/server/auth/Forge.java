package localhsm.server.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import localhsm.server.names.Site;

/** Makes tokens of any shape, with the JDK alone, and is the issuer of those it signs. */
final class Forge implements TrustedIssuer {
  static final String TENANT = "6e7d5f5c-1f4f-4f6c-8f0d-6b7f0f4bb1c2";
  static final String OID = "3f0e1a52-9a0b-4c5e-8a43-55b1a9be2a01";
  static final String KID = "k-1";
  static final long NOW = 1_800_000_000L;

  private final KeyPair pair;
  int lookUps;

  Forge() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      pair = generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static String header() {
    return "{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"" + KID + "\"}";
  }

  /** Claims of a version 1 token that nothing is wrong with. */
  static String claims() {
    return """
        {"aud":"https://managedhsm.azure.net","iss":"https://sts.windows.net/%s/",\
        "iat":%d,"nbf":%d,"exp":%d,"appid":"app-1","oid":"%s","sub":"%s","tid":"%s","ver":"1.0"}"""
        .formatted(TENANT, NOW, NOW, NOW + 3600, OID, OID, TENANT);
  }

  String token(String header, String claims) {
    return token(header.getBytes(StandardCharsets.UTF_8), claims.getBytes(StandardCharsets.UTF_8));
  }

  String token(byte[] header, byte[] claims) {
    return sign(base64(header) + "." + base64(claims));
  }

  /** Signs whatever the two parts are. */
  String sign(String parts) {
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(pair.getPrivate());
      signature.update(parts.getBytes(StandardCharsets.US_ASCII));
      return parts + "." + base64(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** The old trick: the public key as the secret of an HMAC. */
  String hmacWithPublicKey(String header, String claims) {
    String parts = base64(header) + "." + base64(claims);
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(pair.getPublic().getEncoded(), "HmacSHA256"));
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

  RSAPublicKey publicKey() {
    return (RSAPublicKey) pair.getPublic();
  }

  @Override
  public boolean goesBy(String iss, Site site) {
    return iss.equals("https://sts.windows.net/" + TENANT + "/")
        || iss.equals(site.authority() + "/" + TENANT + "/v2.0");
  }

  @Override
  public CompletionStage<Optional<RSAPublicKey>> key(String kid) {
    lookUps++;
    return CompletableFuture.completedFuture(
        kid.equals(KID) ? Optional.of(publicKey()) : Optional.empty());
  }
}
