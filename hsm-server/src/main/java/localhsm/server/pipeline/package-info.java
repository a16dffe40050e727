/**
 * The way of a request: routes, the controls before them, the planes they belong to, and the one
 * place where failures become answers. Knows no single control or feature; they know it.
 */
@NullMarked
package localhsm.server.pipeline;

import org.jspecify.annotations.NullMarked;
