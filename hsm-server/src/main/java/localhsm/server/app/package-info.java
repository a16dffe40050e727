/** The wiring of the server, and what the command line needs to know of it. */
@NullMarked
package localhsm.server.app;

import org.jspecify.annotations.NullMarked;
