package localhsm.server.auth;

import java.security.interfaces.RSAPublicKey;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import localhsm.server.names.Site;

/** Somebody whose tokens are believed. */
public interface TrustedIssuer {

  /** Whether the issuer goes by this {@code iss} at the site; compared exactly. */
  boolean goesBy(String iss, Site site);

  /** The public key of this id; empty when the issuer holds none. Never blocks. */
  CompletionStage<Optional<RSAPublicKey>> key(String kid);
}
