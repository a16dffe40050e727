package localhsm.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import localhsm.keys.lifecycle.SoftDelete;
import localhsm.secret.SecretBytes;
import localhsm.server.authority.KeptSecrets;
import localhsm.server.config.ServerConfig;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProvisioningTest {
  private static final Optional<Integer> NO_DAYS = Optional.empty();
  private static final Optional<Boolean> NOT_SAID = Optional.empty();

  private final Map<String, SecretBytes> values = new HashMap<>();
  private int writes;

  private final KeptSecrets kept =
      new KeptSecrets() {
        @Override
        public Optional<SecretBytes> find(String name) {
          return Optional.ofNullable(values.get(name)).map(SecretBytes::copy);
        }

        @Override
        public void put(String name, SecretBytes value) {
          values.put(name, value.copy());
          writes++;
        }
      };

  private SoftDelete settle(Optional<Integer> days, Optional<Boolean> protection) {
    return Provisioning.settle(hsm(days, protection), kept);
  }

  private static ServerConfig.Hsm hsm(Optional<Integer> days, Optional<Boolean> protection) {
    ServerConfig.Hsm defaults = ServerConfig.defaults(Path.of("/home/somebody")).hsm();
    return new ServerConfig.Hsm(
        defaults.name(),
        defaults.tenant(),
        defaults.region(),
        defaults.subscription(),
        defaults.resourceGroup(),
        days,
        protection);
  }

  private StartRefused refused(Optional<Integer> days, Optional<Boolean> protection) {
    Map<String, SecretBytes> before = Map.copyOf(values);
    StartRefused refused = catchThrowableOfType(StartRefused.class, () -> settle(days, protection));
    assertThat(values).isEqualTo(before);
    return refused;
  }

  @Nested
  @DisplayName("A new HSM")
  class ANewHsm {

    @Test
    void keepsDeletedKeysForNinetyDaysUnprotected() {
      assertThat(settle(NO_DAYS, NOT_SAID)).isEqualTo(new SoftDelete(90, false));
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 8, 89, 90})
    void keepsThemAsLongAsItIsTold(int days) {
      assertThat(settle(Optional.of(days), Optional.of(true)))
          .isEqualTo(new SoftDelete(days, true));
      assertThat(settle(NO_DAYS, NOT_SAID)).isEqualTo(new SoftDelete(days, true));
    }
  }

  @Nested
  @DisplayName("The retention")
  class TheRetention {

    @Test
    void isFixed() {
      settle(Optional.of(30), NOT_SAID);

      StartRefused refused = refused(Optional.of(31), NOT_SAID);

      assertThat(refused.exitCode()).isEqualTo(2);
      assertThat(refused)
          .hasMessageContaining("hsm.soft-delete-retention-days")
          .hasMessageContaining("30");
    }

    @Test
    void isFixedEvenAtTheDefault() {
      settle(NO_DAYS, NOT_SAID);

      assertThat(refused(Optional.of(7), NOT_SAID).exitCode()).isEqualTo(2);
      assertThat(settle(Optional.of(90), NOT_SAID)).isEqualTo(new SoftDelete(90, false));
    }

    @Test
    void isWrittenOnce() {
      settle(Optional.of(30), NOT_SAID);
      settle(Optional.of(30), Optional.of(false));
      settle(NO_DAYS, NOT_SAID);

      assertThat(writes).isOne();
    }
  }

  @Nested
  @DisplayName("Purge protection")
  class PurgeProtection {

    @Test
    void canBeSwitchedOnLaterAndNeverOff() {
      settle(NO_DAYS, NOT_SAID);
      assertThat(settle(NO_DAYS, Optional.of(true))).isEqualTo(new SoftDelete(90, true));

      StartRefused refused = refused(NO_DAYS, Optional.of(false));

      assertThat(refused.exitCode()).isEqualTo(2);
      assertThat(refused).hasMessageContaining("hsm.purge-protection");
      assertThat(settle(NO_DAYS, NOT_SAID)).isEqualTo(new SoftDelete(90, true));
    }
  }

  @Nested
  @DisplayName("What another version wrote")
  class WhatAnotherVersionWrote {

    @Test
    void isNotGuessed() {
      values.put("provisioning", SecretBytes.owning(new byte[] {2, 90, 0}));

      assertThat(refused(NO_DAYS, NOT_SAID).exitCode()).isEqualTo(5);
    }
  }

  @Nested
  @DisplayName("A data folder")
  class ADataFolder {
    @TempDir private Path folder;

    private ServerConfig config(Optional<Integer> days) {
      return TestHsm.kept(folder).withHsm(hsm(days, NOT_SAID));
    }

    @Test
    void keepsTheRetentionItWasMadeWith() {
      TestHsm.start(config(Optional.of(30)), folder).close();
      TestHsm.start(config(NO_DAYS), folder).close();

      assertThat(
              catchThrowableOfType(
                      StartRefused.class,
                      () -> TestHsm.start(config(Optional.of(31)), folder).close())
                  .exitCode())
          .isEqualTo(2);
      TestHsm.start(config(Optional.of(30)), folder).close();
    }
  }
}
