package localhsm.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.security.keyvault.keys.KeyClient;

/** Random bytes of the HSM. */
record RandomBytes(KeyClient keys) {

  RandomBytes(KeyVaultSession session) {
    this(session.keys());
  }

  void run() {
    assertThat(keys.getRandomBytes(1)).hasSize(1);
    assertThat(keys.getRandomBytes(128)).hasSize(128).isNotEqualTo(keys.getRandomBytes(128));
    for (int count : new int[] {0, 129}) {
      Refusals.refused(400, "BadParameter", () -> keys.getRandomBytes(count));
    }
  }
}
