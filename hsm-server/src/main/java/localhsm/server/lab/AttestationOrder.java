package localhsm.server.lab;

import java.util.Map;
import java.util.Optional;

/**
 * A wish for an attestation token.
 *
 * @param claims what it is to say besides
 * @param key the public RSA key that the environment holds; empty for a new one
 * @param lifetimeSeconds from now
 */
record AttestationOrder(
    Map<String, Object> claims, Optional<RsaJwk.Public> key, long lifetimeSeconds) {}
