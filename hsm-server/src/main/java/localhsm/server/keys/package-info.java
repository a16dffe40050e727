/** The keys API: its routes, one handler for each operation, and their JSON. */
@NullMarked
package localhsm.server.keys;

import org.jspecify.annotations.NullMarked;
