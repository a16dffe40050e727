/**
 * Under which conditions a key may leave the HSM: the policy, its grammar, and the decision over
 * the claims of an attestation. Depends on nothing but problems.
 */
@NullMarked
package localhsm.release;

import org.jspecify.annotations.NullMarked;
