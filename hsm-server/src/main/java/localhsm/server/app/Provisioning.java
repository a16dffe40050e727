package localhsm.server.app;

import java.util.Optional;
import localhsm.keys.lifecycle.SoftDelete;
import localhsm.secret.SecretBytes;
import localhsm.server.authority.KeptSecrets;
import localhsm.server.config.ServerConfig;

/**
 * Settles what is decided when an HSM is provisioned, and kept with its data. The retention is
 * fixed from then on; purge protection can be switched on later, and never off.
 */
final class Provisioning {
  private static final String NAME = "provisioning";

  private Provisioning() {}

  /**
   * Compares what is wanted with what was decided, and keeps what is new.
   *
   * @throws StartRefused when they contradict each other
   */
  static SoftDelete settle(ServerConfig.Hsm wanted, KeptSecrets kept) {
    Optional<SoftDelete> before = find(kept);
    SoftDelete after = changed(before.orElse(SoftDelete.DEFAULT), wanted);
    before.ifPresent(decided -> requireNoContradiction(decided, after));
    if (!before.equals(Optional.of(after))) {
      try (SecretBytes bytes = SoftDeleteCodec.write(after)) {
        kept.put(NAME, bytes);
      }
    }
    return after;
  }

  private static Optional<SoftDelete> find(KeptSecrets kept) {
    Optional<SecretBytes> bytes = kept.find(NAME);
    if (bytes.isEmpty()) {
      return Optional.empty();
    }
    try (SecretBytes owned = bytes.get()) {
      return Optional.of(SoftDeleteCodec.read(owned));
    }
  }

  private static SoftDelete changed(SoftDelete before, ServerConfig.Hsm wanted) {
    return new SoftDelete(
        wanted.softDeleteRetentionDays().orElse(before.retentionDays()),
        wanted.purgeProtection().orElse(before.purgeProtection()));
  }

  private static void requireNoContradiction(SoftDelete decided, SoftDelete wanted) {
    if (decided.retentionDays() != wanted.retentionDays()) {
      throw StartRefused.configuration(
          ("hsm.soft-delete-retention-days is fixed when an HSM is provisioned, and was %d here;"
                  + " leave it out, or choose another --data folder")
              .formatted(decided.retentionDays()));
    }
    if (decided.purgeProtection() && !wanted.purgeProtection()) {
      throw StartRefused.configuration(
          "hsm.purge-protection cannot be switched off again; leave it out, or choose another"
              + " --data folder");
    }
  }
}
