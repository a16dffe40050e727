package localhsm.server.keys;

import localhsm.keys.release.KeyRelease;
import localhsm.server.release.AttestationTokens;
import localhsm.server.release.SigningIdentity;

/**
 * What the handlers of release, secure wrapping and attestation call besides.
 *
 * @param identity signs what is released, and statements about keys
 */
public record ReleaseServices(
    KeyRelease release, AttestationTokens tokens, SigningIdentity identity) {}
