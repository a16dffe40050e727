/**
 * The command line: one class per command. The only package that uses the wiring, and the only one
 * that prints.
 */
@NullMarked
package localhsm.server.cli;

import org.jspecify.annotations.NullMarked;
