package localhsm.server.release;

import java.nio.file.Path;
import java.util.Optional;

/**
 * An attestation service that the configuration names.
 *
 * @param issuer its {@code iss}, an https URL
 * @param jwks a file with its keys (RFC 7517 5); without one they come from the service itself
 */
public record ConfiguredIssuer(String issuer, Optional<Path> jwks) {}
