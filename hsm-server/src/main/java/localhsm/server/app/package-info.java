/** The wiring: the only package that knows all others. */
@NullMarked
package localhsm.server.app;

import org.jspecify.annotations.NullMarked;
