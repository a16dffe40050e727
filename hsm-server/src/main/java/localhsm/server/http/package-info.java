/**
 * HTTP as values: requests, responses, routes and the pipeline that leads one to the other. Knows
 * neither Netty nor any single control or feature; they know it.
 */
@NullMarked
package localhsm.server.http;

import org.jspecify.annotations.NullMarked;
