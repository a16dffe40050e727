/** HTTP messages as values: what the network hands over and takes back. Knows no Netty. */
@NullMarked
package localhsm.server.http;

import org.jspecify.annotations.NullMarked;
