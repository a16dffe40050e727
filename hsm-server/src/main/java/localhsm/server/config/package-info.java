/**
 * What the server is told: one record, its defaults, and the reading of it from a file, the
 * environment and flags. Depends on no other package of the server.
 */
@NullMarked
package localhsm.server.config;

import org.jspecify.annotations.NullMarked;
