/**
 * The host names the server answers to, in families: a request's host picks the family, and every
 * name in its answer stays within it. Depends on no other package of the server.
 */
@NullMarked
package localhsm.server.names;

import org.jspecify.annotations.NullMarked;
