package localhsm.server.release;

import java.security.PublicKey;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Somebody whose attestations are believed. */
public interface AttestationIssuer {

  /** Whether the issuer goes by this {@code iss}. */
  boolean goesBy(String iss);

  /** The public key of this id; empty when the issuer holds none. Never blocks. */
  CompletionStage<Optional<PublicKey>> key(String kid);
}
