package localhsm.keys;

import java.util.Optional;
import localhsm.secret.SecretBytes;

/** Turns the archive of a key into the blob that leaves the HSM, and back. */
public interface BlobSealer {

  /** The blob; the archive stays the caller's. */
  String seal(SecretBytes archive);

  /** The archive; empty for anything that this security domain did not seal. */
  Optional<SecretBytes> open(String blob);
}
