package localhsm.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.security.keyvault.keys.KeyClient;
import com.azure.security.keyvault.keys.cryptography.models.SignatureAlgorithm;
import com.azure.security.keyvault.keys.models.CreateEcKeyOptions;
import com.azure.security.keyvault.keys.models.KeyVaultKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;

/** A key that was purged comes back from its backup, with all versions. */
record Backups(KeyVaultSession session, KeyClient keys) {

  Backups(KeyVaultSession session) {
    this(session, session.keys());
  }

  void run() throws Exception {
    KeyVaultKey first = keys.createEcKey(new CreateEcKeyOptions("kept"));
    KeyVaultKey second =
        keys.createEcKey(new CreateEcKeyOptions("kept").setTags(Map.of("round", "2")));
    byte[] blob = keys.backupKey("kept");
    assertSealed(blob);
    Refusals.refused(409, "Conflict", () -> keys.restoreKeyBackup(blob));
    keys.beginDeleteKey("kept")
        .setPollInterval(Duration.ofMillis(20))
        .waitForCompletion(Duration.ofSeconds(20));
    Refusals.refused(409, "Conflict", () -> keys.restoreKeyBackup(blob));
    keys.purgeDeletedKey("kept");

    KeyVaultKey restored = keys.restoreKeyBackup(blob);
    assertThat(restored.getId()).isEqualTo(second.getId());
    assertThat(restored.getProperties().getTags()).isEqualTo(Map.of("round", "2"));
    assertThat(keys.listPropertiesOfKeyVersions("kept"))
        .extracting("id")
        .containsExactly(first.getId(), second.getId());
    // the public keys are those of before, so the private ones must be too
    Signatures.signAndVerify(session, first, SignatureAlgorithm.ES256);
    Signatures.signAndVerify(session, second, SignatureAlgorithm.ES256);
    damagedBlobs(blob);
  }

  /** A compact JWE whose header says what the real service's says. */
  private static void assertSealed(byte[] blob) {
    String[] parts = new String(blob, StandardCharsets.US_ASCII).split("\\.", -1);
    assertThat(parts).hasSize(5);
    assertThat(new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8))
        .contains(
            "\"alg\":\"dir\"", "\"enc\":\"A256CBC-HS512\"", "\"kid\":\"backup-protection-key\"");
  }

  private void damagedBlobs(byte[] blob) {
    byte[] damaged = blob.clone();
    damaged[damaged.length / 2] ^= 1;
    for (byte[] bad : new byte[][] {damaged, new byte[100], {}}) {
      Refusals.refused(400, "MalformedBackupBlob", () -> keys.restoreKeyBackup(bad));
    }
  }
}
