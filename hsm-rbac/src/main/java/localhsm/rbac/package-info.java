/**
 * Local RBAC: role definitions, assignments and the decision, as values and pure functions. Knows
 * nothing of HTTP, tokens or storage.
 */
@NullMarked
package localhsm.rbac;

import org.jspecify.annotations.NullMarked;
