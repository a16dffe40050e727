package localhsm.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.security.keyvault.keys.KeyClient;
import com.azure.security.keyvault.keys.models.CreateEcKeyOptions;
import com.azure.security.keyvault.keys.models.KeyOperation;
import com.azure.security.keyvault.keys.models.KeyProperties;
import com.azure.security.keyvault.keys.models.KeyVaultKey;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Versions of a key, lists with several pages, and updates. */
record VersionsAndLists(KeyVaultSession session, KeyClient keys) {

  VersionsAndLists(KeyVaultSession session) {
    this(session, session.keys());
  }

  void run() {
    versions();
    pages();
    updates();
  }

  private void versions() {
    KeyVaultKey first = keys.createEcKey(new CreateEcKeyOptions("twice"));
    KeyVaultKey second =
        keys.createEcKey(new CreateEcKeyOptions("twice").setTags(Map.of("round", "2")));
    assertThat(keys.getKey("twice").getId()).isEqualTo(second.getId());
    assertThat(keys.getKey("TWICE", first.getProperties().getVersion()).getId())
        .isEqualTo(first.getId());
    assertThat(keys.getKey("twice").getProperties().getTags()).containsEntry("round", "2");
    List<String> versions = new ArrayList<>();
    keys.listPropertiesOfKeyVersions("twice").forEach(p -> versions.add(p.getId()));
    assertThat(versions).containsExactly(first.getId(), second.getId());
    assertThat(keys.listPropertiesOfKeyVersions("never-made")).isEmpty();
  }

  private void pages() {
    for (int i = 0; i < 30; i++) {
      keys.createEcKey(new CreateEcKeyOptions("many-" + i));
    }
    List<String> names = new ArrayList<>();
    keys.listPropertiesOfKeys().forEach((KeyProperties p) -> names.add(p.getName()));
    assertThat(names).doesNotHaveDuplicates().contains("many-0", "many-29", "twice");
  }

  private void updates() {
    KeyVaultKey made =
        keys.createEcKey(new CreateEcKeyOptions("changing").setTags(Map.of("a", "1", "b", "2")));
    OffsetDateTime expiry =
        OffsetDateTime.now(ZoneOffset.UTC).plusDays(3).truncatedTo(ChronoUnit.SECONDS);
    KeyVaultKey changed =
        keys.updateKeyProperties(
            made.getProperties().setExpiresOn(expiry).setTags(Map.of("c", "3")),
            KeyOperation.VERIFY);
    assertThat(changed.getId()).isEqualTo(made.getId());
    assertThat(changed.getProperties().getExpiresOn()).isEqualTo(expiry);
    assertThat(changed.getProperties().getTags()).isEqualTo(Map.of("c", "3"));
    assertThat(changed.getKeyOperations()).containsExactly(KeyOperation.VERIFY);
    assertThat(changed.getKey().getX()).isEqualTo(made.getKey().getX());

    KeyVaultKey off = keys.updateKeyProperties(changed.getProperties().setEnabled(false));
    assertThat(off.getProperties().isEnabled()).isFalse();
    assertThat(off.getProperties().getExpiresOn()).isEqualTo(expiry);
    KeyVaultKey read = keys.getKey("changing");
    assertThat(read.getProperties().isEnabled()).isFalse();
    assertThat(read.getKeyOperations()).containsExactly(KeyOperation.VERIFY);
  }
}
