package localhsm.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.Provider;
import java.security.Security;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProvidersTest {

  @Test
  void leavesTheProvidersOfTheJvmAlone() {
    assertThat(TestKeys.PROVIDERS.sealing()).isNotNull();
    assertThat(Stream.of(Security.getProviders()).map(Provider::getName)).doesNotContain("BC");
  }

  @Test
  void leavesSymmetricKeysToTheJdkWhereItCan() {
    assertThat(TestKeys.PROVIDERS.table())
        .hasEntrySatisfying("RSA and EC keys", who -> assertThat(who).startsWith("BC "))
        .hasEntrySatisfying("symmetric keys", who -> assertThat(who).startsWith("SunJCE "));
  }

  @Test
  void hasOneSourceOfRandomness() {
    assertThat(TestKeys.PROVIDERS.random()).isSameAs(TestKeys.RANDOM);
  }
}
