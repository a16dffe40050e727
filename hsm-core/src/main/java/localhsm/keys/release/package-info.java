/** How keys leave the HSM, and how keys pass through it: only to environments that are attested. */
@NullMarked
package localhsm.keys.release;

import org.jspecify.annotations.NullMarked;
