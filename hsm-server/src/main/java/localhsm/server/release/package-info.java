/**
 * What key release and attestation stand on: whose attestation tokens are believed, and the key
 * that signs what the HSM says about its keys. Knows nothing of keys, routes or handlers.
 */
@NullMarked
package localhsm.server.release;

import org.jspecify.annotations.NullMarked;
