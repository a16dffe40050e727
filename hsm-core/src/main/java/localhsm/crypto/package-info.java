/**
 * The cryptography of keys: types, materials and algorithms as values that carry their own
 * behaviour. {@link localhsm.crypto.Providers} is the only class that names a JCE provider.
 */
@NullMarked
package localhsm.crypto;

import org.jspecify.annotations.NullMarked;
