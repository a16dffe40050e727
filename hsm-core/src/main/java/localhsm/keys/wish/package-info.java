/**
 * What clients ask of keys, checked by itself: whoever holds a wish never checks it again. Whether
 * it can be granted, the key decides.
 */
@NullMarked
package localhsm.keys.wish;

import org.jspecify.annotations.NullMarked;
