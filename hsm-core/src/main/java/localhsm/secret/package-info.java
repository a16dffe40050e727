/**
 * Secrets at rest and in memory: the type that holds them, authenticated encryption, and the key
 * hierarchy from platform key to security domain to storage, index, blob and backup keys.
 */
@NullMarked
package localhsm.secret;

import org.jspecify.annotations.NullMarked;
