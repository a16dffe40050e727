package localhsm.server.release;

import java.util.concurrent.CompletionStage;

/** Where the keys of an issuer come from. */
@FunctionalInterface
interface KeySource {

  /** Fetches them, without blocking; fails when they cannot be had. */
  CompletionStage<PublicKeys> fetch();
}
