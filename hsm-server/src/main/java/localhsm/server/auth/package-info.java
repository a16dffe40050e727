/**
 * Who asks: validation of access tokens as Microsoft Entra ID issues them, and the challenge to get
 * one. There is no other way in: no keys, no passwords, no client certificates, no cookies.
 */
@NullMarked
package localhsm.server.auth;

import org.jspecify.annotations.NullMarked;
