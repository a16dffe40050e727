package localhsm.server.release;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.util.Base64URL;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import localhsm.problem.ProblemException;
import localhsm.problem.Problems;

/**
 * An attestation token in compact form (RFC 7515 3.1, RFC 7519) of which nothing but the form is
 * known to be right. Addresses and keys in its header are never looked at: real attestation
 * services put them there.
 */
record TargetToken(
    JWSAlgorithm algorithm,
    String kid,
    Map<String, Object> claims,
    String signed,
    Base64URL signature) {
  private static final int MAX_LENGTH = 48 * 1024;

  /** Signatures by a key pair only: nobody who can check them can make them. */
  private static final Map<String, JWSAlgorithm> ALGORITHMS =
      Map.of(
          "RS256", JWSAlgorithm.RS256,
          "RS384", JWSAlgorithm.RS384,
          "RS512", JWSAlgorithm.RS512,
          "PS256", JWSAlgorithm.PS256,
          "PS384", JWSAlgorithm.PS384,
          "PS512", JWSAlgorithm.PS512,
          "ES256", JWSAlgorithm.ES256,
          "ES384", JWSAlgorithm.ES384,
          "ES512", JWSAlgorithm.ES512);

  /**
   * Takes a token apart.
   *
   * @throws ProblemException a bad parameter for what is no token, a refusal for one that cannot be
   *     believed
   */
  static TargetToken parse(String token) {
    int first = token.indexOf('.');
    int last = token.lastIndexOf('.');
    boolean threeParts = first > 0 && first != last && token.indexOf('.', first + 1) == last;
    if (token.length() > MAX_LENGTH || !threeParts) {
      throw Problems.noAttestationToken();
    }
    Map<String, Object> header = object(token.substring(0, first));
    Map<String, Object> claims = object(token.substring(first + 1, last));
    String signature = token.substring(last + 1);
    bytes(signature);
    if (header.containsKey("crit")) {
      throw Problems.releaseRefused();
    }
    return new TargetToken(
        text(header, "alg").map(ALGORITHMS::get).orElseThrow(Problems::releaseRefused),
        text(header, "kid").orElseThrow(Problems::releaseRefused),
        claims,
        token.substring(0, last),
        new Base64URL(signature));
  }

  /** The {@code iss}. */
  String issuer() {
    return text(claims, "iss").orElseThrow(Problems::releaseRefused);
  }

  /** Checks the signature with a key that came from the issuer. */
  void requireSignatureBy(PublicKey key) {
    try {
      JWSHeader header = new JWSHeader(algorithm);
      byte[] input = signed.getBytes(StandardCharsets.US_ASCII);
      if (new DefaultJWSVerifierFactory()
          .createJWSVerifier(header, key)
          .verify(header, input, signature)) {
        return;
      }
    } catch (JOSEException e) {
      // Answered below: a signature that cannot be checked is a bad one.
    }
    throw Problems.releaseRefused();
  }

  /** Checks {@code exp}, which must be there, and {@code nbf}; no second is given away. */
  void requireTime(Instant now) {
    BigDecimal seconds = BigDecimal.valueOf(now.toEpochMilli(), 3);
    boolean over = time("exp").filter(end -> seconds.compareTo(end) < 0).isEmpty();
    boolean early =
        claims.containsKey("nbf")
            && time("nbf").filter(from -> seconds.compareTo(from) >= 0).isEmpty();
    if (over || early) {
      throw Problems.releaseRefused();
    }
  }

  private Optional<BigDecimal> time(String name) {
    return claims.get(name) instanceof Number number
        ? Optional.of(new BigDecimal(number.toString()))
        : Optional.empty();
  }

  private static Optional<String> text(Map<String, Object> object, String name) {
    return object.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  private static Map<String, Object> object(String part) {
    return ClaimsJson.read(bytes(part)).orElseThrow(Problems::noAttestationToken);
  }

  /** Only the one and only spelling of the bytes is taken. */
  private static byte[] bytes(String part) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(part);
      if (Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(part)) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      // Answered below, as every other wrong spelling.
    }
    throw Problems.noAttestationToken();
  }

  /** Never the token itself. */
  @Override
  public String toString() {
    return "TargetToken[" + kid + "]";
  }
}
