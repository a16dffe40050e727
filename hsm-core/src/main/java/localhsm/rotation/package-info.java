/** When keys rotate: policies and their lengths of time. Depends on nothing but problems. */
@NullMarked
package localhsm.rotation;

import org.jspecify.annotations.NullMarked;
