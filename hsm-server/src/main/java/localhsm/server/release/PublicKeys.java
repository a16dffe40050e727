package localhsm.server.release;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import java.io.ByteArrayInputStream;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The keys of an issuer (RFC 7517 5) by their ids. Attestation services publish some as a
 * certificate only; what is no signing key of RSA or an elliptic curve is passed over.
 */
record PublicKeys(Map<String, PublicKey> byId) {
  private static final int MIN_RSA_BITS = 2048;

  /** Keeps its own copy. */
  PublicKeys {
    byId = Map.copyOf(byId);
  }

  Optional<PublicKey> find(String kid) {
    return Optional.ofNullable(byId.get(kid));
  }

  /** Reads a key set; empty when it is none. */
  static Optional<PublicKeys> parse(byte[] json) {
    return ClaimsJson.read(json)
        .map(set -> set.get("keys"))
        .filter(List.class::isInstance)
        .map(keys -> of((List<?>) keys));
  }

  private static PublicKeys of(List<?> keys) {
    Map<String, PublicKey> byId = new HashMap<>();
    for (Object key : keys) {
      if (key instanceof Map<?, ?> jwk && jwk.get("kid") instanceof String kid && signs(jwk)) {
        read(jwk).filter(PublicKeys::strong).ifPresent(found -> byId.putIfAbsent(kid, found));
      }
    }
    return new PublicKeys(byId);
  }

  private static boolean signs(Map<?, ?> jwk) {
    return !jwk.containsKey("use") || "sig".equals(jwk.get("use"));
  }

  private static Optional<PublicKey> read(Map<?, ?> jwk) {
    boolean certificateOnly = !jwk.containsKey("n") && !jwk.containsKey("x");
    return certificateOnly ? certified(jwk) : plain(jwk);
  }

  private static Optional<PublicKey> plain(Map<?, ?> jwk) {
    Map<String, Object> members = new HashMap<>();
    for (String name : List.of("kty", "n", "e", "crv", "x", "y")) {
      if (jwk.containsKey(name)) {
        members.put(name, jwk.get(name));
      }
    }
    try {
      return JWK.parse(members) instanceof AsymmetricJWK key
          ? Optional.of(key.toPublicKey())
          : Optional.empty();
    } catch (ParseException | JOSEException e) {
      return Optional.empty();
    }
  }

  private static Optional<PublicKey> certified(Map<?, ?> jwk) {
    if (!(jwk.get("x5c") instanceof List<?> certificates)
        || certificates.isEmpty()
        || !(certificates.get(0) instanceof String own)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(Base64.getDecoder().decode(own)))
              .getPublicKey());
    } catch (CertificateException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean strong(PublicKey key) {
    return key instanceof ECPublicKey
        || (key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() >= MIN_RSA_BITS);
  }
}
