/** Where work runs: its classes, and who runs it. Depends on nothing. */
@NullMarked
package localhsm.work;

import org.jspecify.annotations.NullMarked;
