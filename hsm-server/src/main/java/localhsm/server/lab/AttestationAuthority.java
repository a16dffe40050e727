package localhsm.server.lab;

import java.security.PublicKey;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import localhsm.server.names.HostAndPort;
import localhsm.server.names.HostRole;
import localhsm.server.names.ServedNames;
import localhsm.server.names.Site;
import localhsm.server.release.AttestationIssuer;
import localhsm.server.release.SigningIdentity;

/**
 * The mock attestation authority as one whose tokens the HSM believes. It goes by every name of
 * this server, on any port: a tunnel may lead here. Its key never leaves the process.
 */
public final class AttestationAuthority implements AttestationIssuer {
  /** Path of everything that the authority serves. */
  static final String PATH = "/_localhsm/attestation";

  private static final String SCHEME = "https://";

  private final ServedNames names;
  private final SigningIdentity identity;

  /** Signs, and is believed, with this identity. */
  public AttestationAuthority(ServedNames names, SigningIdentity identity) {
    this.names = names;
    this.identity = identity;
  }

  /** The {@code iss} of tokens that are made at the site. */
  static String issuer(Site site) {
    return site.base() + PATH;
  }

  @Override
  public boolean goesBy(String iss) {
    if (!iss.startsWith(SCHEME) || !iss.endsWith(PATH)) {
      return false;
    }
    int host = Math.min(SCHEME.length(), iss.length() - PATH.length());
    return HostAndPort.parse(iss.substring(host, iss.length() - PATH.length()))
        .flatMap(names::resolve)
        .filter(site -> site.role() != HostRole.FOREIGN)
        .isPresent();
  }

  @Override
  public CompletionStage<Optional<PublicKey>> key(String kid) {
    return identity
        .key()
        .thenApply(key -> key.kid().equals(kid) ? Optional.of(key.key()) : Optional.empty());
  }
}
