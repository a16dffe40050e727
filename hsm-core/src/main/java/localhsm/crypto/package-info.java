/**
 * The cryptography of keys: types, materials and algorithms as values that carry their own
 * behaviour. {@link localhsm.crypto.Providers} is the only class that chooses an implementation.
 */
@NullMarked
package localhsm.crypto;

import org.jspecify.annotations.NullMarked;
