/**
 * The published schemas as a check of every answer: what a client of the data plane was given must
 * be what its api-version promises. Small on purpose, knows no server class.
 */
@NullMarked
package localhsm.schema;

import org.jspecify.annotations.NullMarked;
