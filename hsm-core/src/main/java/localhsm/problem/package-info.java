/**
 * Every way the HSM says no. Depends on nothing, so that everything may depend on it: components
 * are plain text, exactly what a client will read.
 */
@NullMarked
package localhsm.problem;

import org.jspecify.annotations.NullMarked;
