package localhsm.server.app;

import java.util.Optional;
import localhsm.secret.SecretBytes;
import localhsm.server.authority.KeptSecrets;
import localhsm.server.config.ServerConfig;

/**
 * What is decided once, when the HSM is provisioned, and kept with its data.
 *
 * @param retentionDays how long deleted keys can be recovered; fixed
 * @param purgeProtection whether nobody can purge them earlier; may be switched on later
 */
record Provisioned(int retentionDays, boolean purgeProtection) {
  private static final String NAME = "provisioning";

  /**
   * Compares what is wanted with what was decided, and keeps what is new.
   *
   * @throws StartRefused when they contradict each other
   */
  static Provisioned settle(ServerConfig.Hsm wanted, KeptSecrets kept) {
    Optional<Provisioned> before = find(kept);
    Provisioned after = before.map(was -> was.with(wanted)).orElseGet(() -> fresh(wanted));
    if (!before.equals(Optional.of(after))) {
      try (SecretBytes bytes = ProvisionedCodec.write(after)) {
        kept.put(NAME, bytes);
      }
    }
    return after;
  }

  private static Optional<Provisioned> find(KeptSecrets kept) {
    Optional<SecretBytes> bytes = kept.find(NAME);
    if (bytes.isEmpty()) {
      return Optional.empty();
    }
    try (SecretBytes owned = bytes.get()) {
      return Optional.of(ProvisionedCodec.read(owned));
    }
  }

  private static Provisioned fresh(ServerConfig.Hsm wanted) {
    return new Provisioned(
        wanted.softDeleteRetentionDays().orElse(ServerConfig.Hsm.RETENTION_DAYS),
        wanted.purgeProtection().orElse(false));
  }

  private Provisioned with(ServerConfig.Hsm wanted) {
    int days = wanted.softDeleteRetentionDays().orElse(retentionDays);
    if (days != retentionDays) {
      throw StartRefused.configuration(
          ("hsm.soft-delete-retention-days is fixed when an HSM is provisioned, and was %d here; "
                  + "leave it out, or choose another --data folder")
              .formatted(retentionDays));
    }
    boolean protection = wanted.purgeProtection().orElse(purgeProtection);
    if (purgeProtection && !protection) {
      throw StartRefused.configuration(
          "hsm.purge-protection cannot be switched off again; leave it out, or choose another"
              + " --data folder");
    }
    return new Provisioned(retentionDays, protection);
  }
}
