package localhsm.server.app;

import java.util.concurrent.atomic.AtomicBoolean;
import localhsm.keys.lifecycle.SoftDelete;
import localhsm.server.certificates.SigningCertificates;
import localhsm.server.config.ServerConfig;
import localhsm.server.names.ServedNames;

/**
 * What lies between the storage and the network.
 *
 * @param signing whether the HSM takes requests
 */
record Parts(
    Core core,
    Storage storage,
    IdentityPlane identity,
    KeyParts keys,
    ReleaseParts release,
    AtomicBoolean signing)
    implements AutoCloseable {

  /**
   * Puts all together; nothing runs yet.
   *
   * @throws StartRefused when the configuration contradicts what was provisioned
   */
  static Parts of(
      ServerConfig config,
      ServedNames names,
      Core core,
      Storage storage,
      SigningCertificates certificates) {
    SoftDelete softDelete = Provisioning.settle(config.hsm(), storage.kept());
    return new Parts(
        core,
        storage,
        IdentityPlane.of(config, names, core, storage.kept()),
        KeyParts.of(core, storage, softDelete),
        ReleaseParts.of(config, names, core, storage.kept(), certificates),
        new AtomicBoolean());
  }

  /** Begins what goes on in the background. */
  void start() {
    signing.set(true);
    identity.prepare();
    keys.upkeep().start();
  }

  /** Finishes what was begun and frees everything; the connections are gone by now. */
  @Override
  public void close() {
    keys.upkeep().close();
    core.pools().close();
    storage.close();
    identity.secrets().close();
  }
}
