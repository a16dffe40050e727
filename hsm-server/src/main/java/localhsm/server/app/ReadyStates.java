package localhsm.server.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import localhsm.server.authority.Identity;
import localhsm.server.authority.SeededIdentities;
import localhsm.server.certificates.ServerCertificate;
import localhsm.server.certificates.TrustFiles;
import localhsm.server.config.ServerConfig;
import localhsm.server.names.HostAndPort;
import localhsm.server.names.NameFamily;

/** Describes a server that has just become ready. */
final class ReadyStates {
  private ReadyStates() {}

  static ReadyState of(
      ServerConfig config,
      int port,
      ServerCertificate certificate,
      IdentityPlane identity,
      Optional<Path> exposedKey) {
    NameFamily family = NameFamily.LOCALHOST;
    HostAndPort hsm =
        new HostAndPort(family.hsm(config.hsm().name()).toLowerCase(java.util.Locale.ROOT), port);
    return new ReadyState(
        hsm.origin(),
        hsm.originOf(family.authority()),
        hsm.originOf(family.management()),
        config.hsm().tenant(),
        config.hsm().resourceId(),
        hsm.originOf(family.hsmDomain()),
        ProcessHandle.current().pid(),
        config.data().folder().map(Path::toAbsolutePath),
        Optional.empty(),
        Optional.empty(),
        certificate.trust().caPem(),
        certificate.trust().trustStore(),
        TrustFiles.PASSWORD,
        certificate.trust().bundle(),
        hsm.originOf("localhost") + "/msi/token",
        identity.secrets().identityHeader(),
        exposedKey,
        identities(identity),
        certificate.notices());
  }

  private static Map<String, ReadyState.Identity> identities(IdentityPlane plane) {
    Map<String, ReadyState.Identity> identities = new LinkedHashMap<>();
    for (Identity identity : SeededIdentities.ALL) {
      identities.put(
          identity.name(),
          new ReadyState.Identity(
              identity.clientId().toString(),
              plane.secrets().of(identity),
              identity.objectId().toString()));
    }
    return identities;
  }

  /** Writes the signing key, if asked for, beside the certificates, whose owner it is for. */
  static Optional<Path> exposedKey(ServerConfig config, IdentityPlane identity) {
    if (!config.authority().exposeKey()) {
      return Optional.empty();
    }
    Path folder = config.data().folder().orElse(config.tls().folder());
    Path file = folder.toAbsolutePath().resolve("authority-key-" + config.hsm().name() + ".pem");
    try {
      identity.signingKey().writePem(file);
      return Optional.of(file);
    } catch (IOException e) {
      throw StartRefused.configuration(file + " cannot be written");
    }
  }
}
