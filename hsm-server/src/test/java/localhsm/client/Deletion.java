package localhsm.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.util.polling.SyncPoller;
import com.azure.security.keyvault.keys.KeyClient;
import com.azure.security.keyvault.keys.cryptography.models.SignatureAlgorithm;
import com.azure.security.keyvault.keys.models.CreateEcKeyOptions;
import com.azure.security.keyvault.keys.models.DeletedKey;
import com.azure.security.keyvault.keys.models.KeyVaultKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Delete, recover, purge by hand and purge by time. */
record Deletion(KeyVaultSession session, KeyClient keys, Lab lab) {

  Deletion(KeyVaultSession session, Lab lab) {
    this(session, session.keys(), lab);
  }

  void run() throws Exception {
    aDeletedKeyComesBackAsItWas();
    aPurgedKeyIsGone();
    deletedKeysAreListed();
    try {
      theTimeOfRetentionEnds();
    } finally {
      lab.resume();
    }
  }

  private void aDeletedKeyComesBackAsItWas() throws Exception {
    KeyVaultKey key = keys.createEcKey(new CreateEcKeyOptions("lost"));
    DeletedKey deleted = delete("lost");
    assertThat(deleted.getRecoveryId()).isEqualTo(session.vaultUrl() + "/deletedkeys/lost");
    assertThat(deleted.getId()).isEqualTo(key.getId());
    assertThat(deleted.getKey().getX()).isEqualTo(key.getKey().getX());
    int days = deleted.getProperties().getRecoverableDays();
    assertThat(deleted.getScheduledPurgeDate()).isEqualTo(deleted.getDeletedOn().plusDays(days));

    Refusals.refused(404, "KeyNotFound", () -> keys.getKey("lost"));
    byte[] digest = new byte[32];
    Refusals.refused(
        404,
        "KeyNotFound",
        () -> session.cryptography(key.getId()).sign(SignatureAlgorithm.ES256, digest));
    Refusals.refused(409, "Conflict", () -> keys.createEcKey(new CreateEcKeyOptions("lost")));

    KeyVaultKey recovered = recover("lost");
    assertThat(recovered.getId()).isEqualTo(key.getId());
    assertThat(recovered.getProperties().getCreatedOn())
        .isEqualTo(key.getProperties().getCreatedOn());
    Signatures.signAndVerify(session, key, SignatureAlgorithm.ES256);
    Refusals.refused(404, "KeyNotFound", () -> keys.getDeletedKey("lost"));
  }

  private void aPurgedKeyIsGone() {
    KeyVaultKey key = keys.createEcKey(new CreateEcKeyOptions("gone"));
    delete("gone");
    keys.purgeDeletedKey("gone");
    Refusals.refused(404, "KeyNotFound", () -> keys.getDeletedKey("gone"));
    Refusals.refused(404, "KeyNotFound", () -> keys.purgeDeletedKey("gone"));
    KeyVaultKey next = keys.createEcKey(new CreateEcKeyOptions("gone"));
    assertThat(next.getId()).isNotEqualTo(key.getId());
    assertThat(keys.listPropertiesOfKeyVersions("gone")).hasSize(1);
  }

  private void deletedKeysAreListed() {
    for (int i = 0; i < 27; i++) {
      keys.createEcKey(new CreateEcKeyOptions("shelf-" + i));
      delete("shelf-" + i);
    }
    List<String> names = new ArrayList<>();
    keys.listDeletedKeys().forEach(key -> names.add(key.getName()));
    assertThat(names).doesNotHaveDuplicates().contains("shelf-0", "shelf-26");
    assertThat(keys.listPropertiesOfKeys()).noneMatch(key -> key.getName().startsWith("shelf-"));
  }

  private void theTimeOfRetentionEnds() throws Exception {
    keys.createEcKey(new CreateEcKeyOptions("forgotten"));
    int days = delete("forgotten").getProperties().getRecoverableDays();
    lab.advance(Duration.ofDays(days).minusMinutes(5));
    assertThat(keys.getDeletedKey("forgotten").getName()).isEqualTo("forgotten");
    lab.advance(Duration.ofMinutes(10));
    Refusals.refused(404, "KeyNotFound", () -> keys.getDeletedKey("forgotten"));
    assertThat(keys.createEcKey(new CreateEcKeyOptions("forgotten")).getName())
        .isEqualTo("forgotten");
  }

  private DeletedKey delete(String name) {
    SyncPoller<DeletedKey, Void> poller = keys.beginDeleteKey(name);
    poller.setPollInterval(Duration.ofMillis(20)).waitForCompletion(Duration.ofSeconds(20));
    return keys.getDeletedKey(name);
  }

  private KeyVaultKey recover(String name) {
    SyncPoller<KeyVaultKey, Void> poller = keys.beginRecoverDeletedKey(name);
    poller.setPollInterval(Duration.ofMillis(20)).waitForCompletion(Duration.ofSeconds(20));
    return keys.getKey(name);
  }
}
