/** Random bytes on demand. */
@NullMarked
package localhsm.server.random;

import org.jspecify.annotations.NullMarked;
