/**
 * Identifiers as records that validate: whoever holds one never checks it again. Depends on {@code
 * localhsm.problem} only.
 */
@NullMarked
package localhsm.id;

import org.jspecify.annotations.NullMarked;
