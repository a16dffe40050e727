package localhsm.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.security.keyvault.keys.KeyClient;
import com.azure.security.keyvault.keys.cryptography.models.SignatureAlgorithm;
import com.azure.security.keyvault.keys.models.CreateEcKeyOptions;
import com.azure.security.keyvault.keys.models.KeyProperties;
import com.azure.security.keyvault.keys.models.KeyRotationLifetimeAction;
import com.azure.security.keyvault.keys.models.KeyRotationPolicy;
import com.azure.security.keyvault.keys.models.KeyRotationPolicyAction;
import com.azure.security.keyvault.keys.models.KeyVaultKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Rotation on demand and by policy. */
record Rotation(KeyVaultSession session, KeyClient keys, Lab lab) {

  Rotation(KeyVaultSession session, Lab lab) {
    this(session, session.keys(), lab);
  }

  void run() throws Exception {
    policies();
    onDemand();
    try {
      whenItIsDue();
    } finally {
      lab.resume();
    }
  }

  private void policies() {
    keys.createEcKey(new CreateEcKeyOptions("ruled"));
    assertThat(keys.getKeyRotationPolicy("ruled").getLifetimeActions()).isEmpty();

    KeyRotationPolicy set = keys.updateKeyRotationPolicy("ruled", policy());
    KeyRotationPolicy read = keys.getKeyRotationPolicy("ruled");
    for (KeyRotationPolicy policy : List.of(set, read)) {
      assertThat(policy.getId()).isEqualTo(session.vaultUrl() + "/keys/ruled/rotationpolicy");
      assertThat(policy.getExpiresIn()).isEqualTo("P90D");
      assertThat(policy.getCreatedOn()).isNotNull();
      assertThat(policy.getLifetimeActions())
          .singleElement()
          .satisfies(
              action -> {
                assertThat(action.getAction()).isEqualTo(KeyRotationPolicyAction.ROTATE);
                assertThat(action.getTimeAfterCreate()).isEqualTo("P30D");
                assertThat(action.getTimeBeforeExpiry()).isNull();
              });
    }
    KeyRotationPolicy notify =
        new KeyRotationPolicy()
            .setLifetimeActions(
                List.of(
                    new KeyRotationLifetimeAction(KeyRotationPolicyAction.NOTIFY)
                        .setTimeBeforeExpiry("P30D")))
            .setExpiresIn("P90D");
    Refusals.refused(400, "BadParameter", () -> keys.updateKeyRotationPolicy("ruled", notify));
    Refusals.refused(
        400,
        "BadParameter",
        () -> keys.updateKeyRotationPolicy("ruled", policy().setExpiresIn("P27D")));
    assertThat(keys.getKeyRotationPolicy("ruled").getExpiresIn()).isEqualTo("P90D");

    keys.updateKeyRotationPolicy("ruled", new KeyRotationPolicy().setLifetimeActions(List.of()));
    assertThat(keys.getKeyRotationPolicy("ruled").getLifetimeActions()).isEmpty();
  }

  private void onDemand() throws Exception {
    KeyVaultKey first =
        keys.createEcKey(new CreateEcKeyOptions("turning").setTags(Map.of("a", "b")));
    Refusals.refused(400, "BadParameter", () -> keys.rotateKey("turning"));
    keys.updateKeyRotationPolicy("turning", policy());
    KeyVaultKey second = keys.rotateKey("turning");
    assertThat(second.getId()).isNotEqualTo(first.getId());
    assertThat(second.getKey().getX()).isNotEqualTo(first.getKey().getX());
    assertThat(second.getProperties().getTags()).isEqualTo(Map.of("a", "b"));
    assertThat(second.getProperties().getExpiresOn())
        .isEqualTo(second.getProperties().getCreatedOn().plusDays(90));
    assertThat(keys.getKey("turning").getId()).isEqualTo(second.getId());
    Signatures.signAndVerify(session, first, SignatureAlgorithm.ES256);
    Signatures.signAndVerify(session, second, SignatureAlgorithm.ES256);
  }

  private void whenItIsDue() throws Exception {
    KeyVaultKey first = keys.createEcKey(new CreateEcKeyOptions("clockwork"));
    keys.updateKeyRotationPolicy("clockwork", policy());
    lab.advance(Duration.ofDays(30).minusMinutes(5));
    assertThat(keys.getKey("clockwork").getId()).isEqualTo(first.getId());

    lab.advance(Duration.ofMinutes(10));
    KeyVaultKey second = keys.getKey("clockwork");
    assertThat(second.getId()).isNotEqualTo(first.getId());
    assertThat(keys.listPropertiesOfKeyVersions("clockwork"))
        .extracting(KeyProperties::getId)
        .containsExactly(first.getId(), second.getId());
    Signatures.signAndVerify(session, second, SignatureAlgorithm.ES256);

    lab.advance(Duration.ofDays(31));
    assertThat(keys.listPropertiesOfKeyVersions("clockwork")).hasSize(3);
  }

  private static KeyRotationPolicy policy() {
    return new KeyRotationPolicy()
        .setLifetimeActions(
            List.of(
                new KeyRotationLifetimeAction(KeyRotationPolicyAction.ROTATE)
                    .setTimeAfterCreate("P30D")))
        .setExpiresIn("P90D");
  }
}
