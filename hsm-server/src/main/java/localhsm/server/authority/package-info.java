/**
 * The embedded stand-in for Microsoft Entra ID: seeded identities with client secrets, managed
 * identity endpoints, and signed tokens. It exists only where it is switched on, and the HSM
 * believes it no more than any other trusted issuer.
 */
@NullMarked
package localhsm.server.authority;

import org.jspecify.annotations.NullMarked;
