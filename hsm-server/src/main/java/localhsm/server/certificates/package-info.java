/**
 * The server's certificates: a CA that can vouch for this server's names and nothing else, the
 * server's own certificate, and the files by which clients trust it. Depends on the names only; the
 * one package of the server that uses BouncyCastle.
 */
@NullMarked
package localhsm.server.certificates;

import org.jspecify.annotations.NullMarked;
