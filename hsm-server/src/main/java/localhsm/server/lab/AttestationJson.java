package localhsm.server.lab;

import java.math.BigInteger;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import localhsm.problem.ProblemException;
import localhsm.problem.Problems;
import localhsm.release.Attested;
import localhsm.server.http.Request;
import localhsm.server.release.ClaimsJson;

/** The mock attestation authority's requests and answers. */
final class AttestationJson {
  private static final long DEFAULT_LIFETIME = 3600;
  private static final long MAX_LIFETIME = 86_400;

  private AttestationJson() {}

  static AttestationOrder read(Request request) {
    Map<String, Object> body =
        ClaimsJson.read(request.body())
            .orElseThrow(() -> Problems.badParameter("The request body must be a JSON object."));
    return new AttestationOrder(
        object(body, "claims").orElse(Map.of()),
        object(body, "key").map(AttestationJson::key),
        lifetime(body));
  }

  /** The private key only when it was made here. */
  static byte[] minted(String token, Optional<Map<String, Object>> privateKey) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("token", token);
    privateKey.ifPresent(key -> members.put("privateKey", key));
    return ClaimsJson.write(members);
  }

  static byte[] keys(Map<String, Object> jwk) {
    return ClaimsJson.write(Map.of("keys", List.of(jwk)));
  }

  /** OpenID Connect Discovery 1.0, as attestation services publish it. */
  static byte[] discovery(String issuer) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("issuer", issuer);
    members.put("jwks_uri", issuer + "/keys");
    members.put("response_types_supported", List.of("token"));
    members.put("id_token_signing_alg_values_supported", List.of("RS256"));
    members.put("claims_supported", List.of("iss", "iat", "exp", "x-ms-runtime"));
    return ClaimsJson.write(members);
  }

  private static Optional<Map<String, Object>> object(Map<String, Object> body, String member) {
    if (!(body.get(member) instanceof Map<?, ?> object)) {
      if (body.get(member) != null) {
        throw Problems.badParameter("Property " + member + " must be an object.");
      }
      return Optional.empty();
    }
    Map<String, Object> members = new LinkedHashMap<>();
    object.forEach((name, value) -> members.put((String) name, value));
    return Optional.of(members);
  }

  private static RsaJwk.Public key(Map<String, Object> jwk) {
    BigInteger modulus = number(jwk, "n");
    BigInteger exponent = number(jwk, "e");
    String kid =
        jwk.get("kid") instanceof String given && !given.isEmpty()
            ? given
            : RsaJwk.thumbprint(modulus, exponent);
    if (!"RSA".equals(jwk.get("kty"))
        || Attested.WrappingKey.of(kid, modulus, exponent).isEmpty()) {
      throw badKey();
    }
    return new RsaJwk.Public(kid, modulus, exponent);
  }

  private static BigInteger number(Map<String, Object> jwk, String member) {
    if (!(jwk.get(member) instanceof String text)) {
      throw badKey();
    }
    try {
      return new BigInteger(1, Base64.getUrlDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      throw badKey();
    }
  }

  private static ProblemException badKey() {
    return Problems.badParameter(
        "Property key must be a JWK with an RSA key of 2048 to 4096 bits.");
  }

  private static long lifetime(Map<String, Object> body) {
    if (!body.containsKey("lifetime")) {
      return DEFAULT_LIFETIME;
    }
    if (body.get("lifetime") instanceof Integer seconds
        && seconds >= 1
        && seconds <= MAX_LIFETIME) {
      return seconds;
    }
    throw Problems.badParameter("Property lifetime must be 1 to " + MAX_LIFETIME + " seconds.");
  }
}
