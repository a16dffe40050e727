/**
 * The sealed store: records above, rows of bytes below. {@link localhsm.store.RecordStore} is the
 * seam; everything on its far side is ciphertext.
 */
@NullMarked
package localhsm.store;

import org.jspecify.annotations.NullMarked;
