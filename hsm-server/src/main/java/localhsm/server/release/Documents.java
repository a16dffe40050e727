package localhsm.server.release;

import java.net.URI;
import java.util.concurrent.CompletionStage;

/** Documents of other machines. */
@FunctionalInterface
interface Documents {

  /** The content of a 200, without blocking; fails with everything else. */
  CompletionStage<byte[]> get(URI address);
}
