package localhsm.server.release;

import java.math.BigInteger;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import localhsm.release.Attested.WrappingKey;

/**
 * The keys that an attested environment holds: the array {@code keys} in the claim {@code
 * x-ms-runtime}, in the form of RFC 7517.
 */
final class RuntimeKeys {
  /** The claim that holds them. */
  static final String CLAIM = "x-ms-runtime";

  private static final List<String> ENCRYPTING = List.of("encrypt", "wrapKey");

  private RuntimeKeys() {}

  /** The first RSA key for encryption, when it is one to encrypt to. */
  static Optional<WrappingKey> wrappingKey(Map<String, Object> claims) {
    if (!(claims.get(CLAIM) instanceof Map<?, ?> runtime)
        || !(runtime.get("keys") instanceof List<?> keys)) {
      return Optional.empty();
    }
    for (Object key : keys) {
      if (key instanceof Map<?, ?> jwk && "RSA".equals(jwk.get("kty")) && encrypts(jwk)) {
        return read(jwk);
      }
    }
    return Optional.empty();
  }

  private static boolean encrypts(Map<?, ?> jwk) {
    return "enc".equals(jwk.get("key_use"))
        || "enc".equals(jwk.get("use"))
        || (jwk.get("key_ops") instanceof List<?> operations
            && ENCRYPTING.stream().anyMatch(operations::contains));
  }

  /** Reads a public RSA key with a {@code kid}. */
  static Optional<WrappingKey> read(Map<?, ?> jwk) {
    Optional<BigInteger> modulus = number(jwk, "n");
    Optional<BigInteger> exponent = number(jwk, "e");
    return jwk.get("kid") instanceof String kid && !kid.isEmpty()
        ? modulus.flatMap(n -> exponent.flatMap(e -> WrappingKey.of(kid, n, e)))
        : Optional.empty();
  }

  private static Optional<BigInteger> number(Map<?, ?> jwk, String name) {
    try {
      return jwk.get(name) instanceof String text
          ? Optional.of(new BigInteger(1, Base64.getUrlDecoder().decode(text)))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
