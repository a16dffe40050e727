/** Under which conditions a key may leave the HSM. Depends on nothing but problems. */
@NullMarked
package localhsm.release;

import org.jspecify.annotations.NullMarked;
