/**
 * What happens to keys after they were made: deletion, rotation, backup, and what becomes due by
 * itself. Changes keys only through {@link localhsm.keys.KeyLedger}.
 */
@NullMarked
package localhsm.keys.lifecycle;

import org.jspecify.annotations.NullMarked;
