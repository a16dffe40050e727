package localhsm.server.app;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import org.bouncycastle.jce.ECNamedCurveTable;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.jce.spec.ECNamedCurveParameterSpec;
import org.bouncycastle.jce.spec.ECPublicKeySpec;

/** Checks signatures with nothing but the JSON of a public key. */
final class PublicKeys {
  private static final byte[] MESSAGE = "what is signed".getBytes(StandardCharsets.UTF_8);
  private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();

  private PublicKeys() {}

  /** The body of a sign request for a key. */
  static String signRequest(JsonNode key) throws GeneralSecurityException {
    byte[] digest = MessageDigest.getInstance("SHA-" + bits(key)).digest(MESSAGE);
    return "{\"alg\":\"%s\",\"value\":\"%s\"}"
        .formatted(algorithm(key), Base64.getUrlEncoder().withoutPadding().encodeToString(digest));
  }

  /** Whether the value is a signature that answers {@link #signRequest}. */
  static boolean verify(JsonNode key, String value) throws GeneralSecurityException {
    boolean rsa = key.has("n");
    Signature verifier =
        Signature.getInstance("SHA" + bits(key) + (rsa ? "withRSA" : "withPLAIN-ECDSA"), PROVIDER);
    verifier.initVerify(rsa ? rsa(key) : ec(key));
    verifier.update(MESSAGE);
    return verifier.verify(Base64.getUrlDecoder().decode(value));
  }

  private static PublicKey rsa(JsonNode key) throws GeneralSecurityException {
    return KeyFactory.getInstance("RSA", PROVIDER)
        .generatePublic(new RSAPublicKeySpec(integer(key, "n"), integer(key, "e")));
  }

  private static PublicKey ec(JsonNode key) throws GeneralSecurityException {
    String crv = text(key, "crv");
    ECNamedCurveParameterSpec curve =
        ECNamedCurveTable.getParameterSpec(crv.equals("P-256K") ? "secp256k1" : crv);
    return KeyFactory.getInstance("EC", PROVIDER)
        .generatePublic(
            new ECPublicKeySpec(
                curve.getCurve().createPoint(integer(key, "x"), integer(key, "y")), curve));
  }

  private static String algorithm(JsonNode key) {
    if (key.has("n")) {
      return "RS256";
    }
    return text(key, "crv").equals("P-256K") ? "ES256K" : "ES" + bits(key);
  }

  private static int bits(JsonNode key) {
    return switch (key.has("n") ? "" : text(key, "crv")) {
      case "P-384" -> 384;
      case "P-521" -> 512;
      default -> 256;
    };
  }

  private static BigInteger integer(JsonNode key, String member) {
    return new BigInteger(1, Base64.getUrlDecoder().decode(text(key, member)));
  }

  private static String text(JsonNode key, String member) {
    return key.get(member).asText();
  }
}
