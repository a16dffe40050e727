/**
 * The network: TLS, HTTP/1.1 and their limits. Whole, well-formed requests go to an {@link
 * localhsm.server.http.HttpService}, everything else is refused here. The only package that knows
 * Netty; depends on {@code http} and {@code names} alone.
 */
@NullMarked
package localhsm.server.net;

import org.jspecify.annotations.NullMarked;
