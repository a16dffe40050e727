/**
 * What a request costs beyond its cryptography: requests through the whole pipeline of the server,
 * in process, beside the bare primitives. A program of its own; nothing depends on it.
 */
@NullMarked
package localhsm.benchmarks;

import org.jspecify.annotations.NullMarked;
