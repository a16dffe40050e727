package localhsm.server.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.List;

/**
 * A signed token in compact form (RFC 7515 3.1) of which nothing but the form is known to be right:
 * three parts, each the one and only base64url spelling of its bytes, and a header that asks for
 * RS256 and for nothing that would have to be understood.
 */
record CompactToken(String kid, TokenJson claims, String signed, Base64URL signature) {
  /** What could smuggle in a key of the sender's choice (RFC 7515 4.1), and {@code crit}. */
  private static final List<String> FORBIDDEN = List.of("crit", "jwk", "jku", "x5u", "x5c");

  /** What the verifier is told, whatever the token says. */
  private static final JWSHeader HEADER = new JWSHeader(JWSAlgorithm.RS256);

  static CompactToken parse(String token) throws TokenRefusedException {
    int first = token.indexOf('.');
    int last = token.lastIndexOf('.');
    if (first < 0 || first == last || token.indexOf('.', first + 1) != last) {
      throw new TokenRefusedException("not three parts");
    }
    TokenJson header = TokenJson.parse(decode(token.substring(0, first)));
    requireHeader(header);
    TokenJson claims = TokenJson.parse(decode(token.substring(first + 1, last)));
    String signature = token.substring(last + 1);
    decode(signature);
    return new CompactToken(
        header.text("kid"), claims, token.substring(0, last), new Base64URL(signature));
  }

  private static byte[] decode(String part) throws TokenRefusedException {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(part);
      if (Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(part)) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      // Answered below, as every other wrong spelling.
    }
    throw new TokenRefusedException("a part is not canonical base64url");
  }

  private static void requireHeader(TokenJson header) throws TokenRefusedException {
    if (!header.text("alg").equals("RS256")) {
      throw new TokenRefusedException("alg is not RS256");
    }
    String type = header.optionalText("typ").orElse("JWT");
    if (!type.equalsIgnoreCase("JWT") && !type.equalsIgnoreCase("at+jwt")) {
      throw new TokenRefusedException("typ is not that of an access token");
    }
    for (String name : FORBIDDEN) {
      if (header.has(name)) {
        throw new TokenRefusedException("the header has " + name);
      }
    }
  }

  /** Checks the signature with a key that the caller got from the issuer. */
  void requireSignatureBy(RSAPublicKey key) throws TokenRefusedException {
    try {
      byte[] input = signed.getBytes(StandardCharsets.US_ASCII);
      if (new RSASSAVerifier(key).verify(HEADER, input, signature)) {
        return;
      }
    } catch (JOSEException e) {
      // Answered below: a signature that cannot be checked is a bad one.
    }
    throw new TokenRefusedException("bad signature");
  }

  /** Never the token itself. */
  @Override
  public String toString() {
    return "CompactToken[" + kid + "]";
  }
}
