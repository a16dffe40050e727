/**
 * The rules of the house as tests: who may depend on whom, where libraries live, how much is
 * public. Every module checks its own classes against them.
 */
@NullMarked
package localhsm.architecture;

import org.jspecify.annotations.NullMarked;
