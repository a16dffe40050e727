package localhsm.server.app;

import java.util.ArrayList;
import java.util.List;
import localhsm.keys.Keys;
import localhsm.keys.release.KeyRelease;
import localhsm.server.authority.KeptSecrets;
import localhsm.server.certificates.SigningCertificates;
import localhsm.server.config.ServerConfig;
import localhsm.server.keys.ReleaseServices;
import localhsm.server.lab.AttestationAuthority;
import localhsm.server.names.ServedNames;
import localhsm.server.release.AttestationIssuer;
import localhsm.server.release.AttestationTokens;
import localhsm.server.release.ConfiguredIssuer;
import localhsm.server.release.ConfiguredIssuers;
import localhsm.server.release.SigningIdentity;

/**
 * What key release and attestation stand on.
 *
 * @param tokens decides which attestations are believed
 * @param hsm signs what the HSM says about its keys
 * @param mock signs as the attestation authority of the lab, which is believed where the lab is
 */
record ReleaseParts(AttestationTokens tokens, SigningIdentity hsm, SigningIdentity mock) {

  static ReleaseParts of(
      ServerConfig config,
      ServedNames names,
      Core core,
      KeptSecrets kept,
      SigningCertificates certificates) {
    SigningIdentity mock =
        new SigningIdentity(
            SigningIdentity.Purpose.MOCK_ATTESTATION,
            certificates,
            kept,
            core.random(),
            core.pools());
    List<AttestationIssuer> issuers = new ArrayList<>();
    if (config.lab().enabled()) {
      issuers.add(new AttestationAuthority(names, mock));
    }
    issuers.addAll(ConfiguredIssuers.of(configured(config), core.pools(), core.clock()));
    return new ReleaseParts(
        new AttestationTokens(issuers, core.pools(), core.labClock().tokens()),
        new SigningIdentity(
            SigningIdentity.Purpose.HSM, certificates, kept, core.random(), core.pools()),
        mock);
  }

  /** What the handlers call; keys live by the time of the lab. */
  ReleaseServices services(Keys keys, Core core) {
    return new ReleaseServices(
        new KeyRelease(keys, core.providers(), core.pools(), core.labClock()), tokens, hsm);
  }

  private static List<ConfiguredIssuer> configured(ServerConfig config) {
    return config.attestation().issuers().stream()
        .map(one -> new ConfiguredIssuer(one.issuer(), one.jwks()))
        .toList();
  }
}
