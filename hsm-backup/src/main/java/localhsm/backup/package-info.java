/**
 * What leaves the HSM sealed under its security domain: the blobs of single keys. Depends on the
 * core only.
 */
@NullMarked
package localhsm.backup;

import org.jspecify.annotations.NullMarked;
