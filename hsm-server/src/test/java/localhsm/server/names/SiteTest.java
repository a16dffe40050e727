package localhsm.server.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SiteTest {
  private static final ServedNames NAMES =
      new ServedNames(
          "hsm1",
          NameFamily.ALL,
          Set.of("hsm.corp.example", "hsm.corp", "vault", "10.0.0.1", "2001:db8::a"));

  @Nested
  @DisplayName("An answer")
  class Answer {
    @ParameterizedTest
    @CsvSource({
      "hsm1.managedhsm.localhost:9443, https://managedhsm.localhost:9443",
      "hsm1.managedhsm.localhost, https://managedhsm.localhost",
      "hsm1.managedhsm.azure.net:443, https://managedhsm.azure.net",
      "hsm1.managedhsm.azure.net:9443, https://managedhsm.azure.net:9443",
      "localhost:9443, https://managedhsm.localhost:9443",
      "127.0.0.1:9443, https://managedhsm.localhost:9443",
      "[::1]:9443, https://managedhsm.localhost:9443",
      "hsm.corp.example:9443, https://corp.example:9443",
      "hsm.corp:9443, https://managedhsm.localhost:9443",
      "vault:9443, https://managedhsm.localhost:9443",
      "10.0.0.1:9443, https://managedhsm.localhost:9443",
      "[2001:db8::a]:9443, https://managedhsm.localhost:9443",
      "management.azure.com, https://managedhsm.azure.net"
    })
    void announcesTheParentDomainAsResource(String header, String resource) {
      assertThat(site(header).map(Site::resource)).contains(resource);
    }

    @ParameterizedTest
    @CsvSource({
      "hsm1.managedhsm.localhost:9443, https://login.localhost:9443",
      "localhost:9443, https://login.localhost:9443",
      "[::1], https://login.localhost",
      "hsm.corp.example:8443, https://login.localhost:8443",
      "hsm1.managedhsm.azure.net, https://login.microsoftonline.com",
      "login.microsoftonline.com:9443, https://login.microsoftonline.com:9443"
    })
    void namesTheAuthorityOfItsFamily(String header, String authority) {
      assertThat(site(header).map(Site::authority)).contains(authority);
    }

    @ParameterizedTest
    @CsvSource({
      "HSM1.managedhsm.localhost:9443, https://hsm1.managedhsm.localhost:9443",
      "hsm1.managedhsm.azure.net:443, https://hsm1.managedhsm.azure.net",
      "127.0.0.1:9443, https://127.0.0.1:9443",
      "[::1]:9443, https://[::1]:9443",
      "vault:9443, https://vault:9443"
    })
    void buildsIdsFromTheHostTheClientUsed(String header, String url) {
      assertThat(site(header).map(Site::base)).contains(url);
    }

    private Optional<Site> site(String header) {
      return HostAndPort.parse(header).flatMap(NAMES::resolve);
    }
  }
}
