/**
 * Keys and their life: records, the rules of their state, creation and use. Knows where records
 * live only through {@link localhsm.keys.KeyLedger}, and nothing of HTTP or JSON.
 */
@NullMarked
package localhsm.keys;

import org.jspecify.annotations.NullMarked;
