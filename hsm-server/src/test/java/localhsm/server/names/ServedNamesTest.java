package localhsm.server.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServedNamesTest {
  private static final ServedNames NAMES =
      new ServedNames(
          "Hsm1",
          NameFamily.ALL,
          Set.of(
              "HSM.corp.example",
              "vault",
              "10.0.0.1",
              "[2001:DB8::A]",
              "hsm7.managedhsm.azure.net"));

  private static Optional<Site> resolve(String header) {
    return HostAndPort.parse(header).flatMap(NAMES::resolve);
  }

  @Nested
  @DisplayName("A host")
  class Host {
    @ParameterizedTest
    @CsvSource({
      "hsm1.managedhsm.localhost:9443, HSM, localhost",
      "HSM1.managedhsm.LOCALHOST, HSM, localhost",
      "hsm1.managedhsm.azure.net, HSM, azure",
      "hsm1.managedhsm.azure.net.:443, HSM, azure",
      "localhost:9443, LOOPBACK, localhost",
      "127.0.0.1:9443, LOOPBACK, localhost",
      "127.1.2.3:9443, LOOPBACK, localhost",
      "[::1]:9443, LOOPBACK, localhost",
      "[0:0:0:0:0:0:0:1]:9443, LOOPBACK, localhost",
      "login.localhost:9443, AUTHORITY, localhost",
      "login.microsoftonline.com, AUTHORITY, azure",
      "management.localhost:9443, MANAGEMENT, localhost",
      "management.azure.com, MANAGEMENT, azure",
      "hsm2.managedhsm.localhost:9443, FOREIGN, localhost",
      "hsm2.managedhsm.azure.net, FOREIGN, azure",
      "account.blob.localhost:9443, FOREIGN, localhost",
      "account.blob.core.windows.net, FOREIGN, azure",
      "x.hsm1.managedhsm.localhost, FOREIGN, localhost",
      "hsm.corp.example:9443, HSM, localhost",
      "vault:9443, HSM, localhost",
      "10.0.0.1:9443, HSM, localhost",
      "[2001:db8:0::a]:9443, HSM, localhost",
      "hsm7.managedhsm.azure.net, HSM, azure"
    })
    void hasRoleAndFamily(String header, HostRole role, String family) {
      Optional<Site> site = resolve(header);
      assertThat(site.map(Site::role)).contains(role);
      assertThat(site.map(s -> s.family().label())).contains(family);
      assertThat(site.map(Site::address)).isEqualTo(HostAndPort.parse(header));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "example.com",
          "hsm1",
          "managedhsm.localhost",
          "managedhsm.azure.net",
          "blob.localhost",
          "notlogin.localhost",
          "x.login.localhost",
          "login.microsoftonline.com.evil.test",
          "hsm1.managedhsm.azure.net.evil.test",
          "evilmanagedhsm.azure.net",
          "hsm1.managedhsm.localhost.localdomain",
          "x.localhost",
          "corp.example",
          "x.hsm.corp.example",
          "10.0.0.2",
          "10.0.0.1.evil.test",
          "127.0.0.1.evil.test",
          "127.999.0.1",
          "127.1",
          "0.0.0.0",
          "[::]",
          "[2001:db8::b]"
        })
    void isUnknownWhenItIsNoneOfOurs(String header) {
      assertThat(HostAndPort.parse(header)).isPresent();
      assertThat(resolve(header)).isEmpty();
    }
  }

  @Nested
  @DisplayName("A configuration of names")
  class Configuration {
    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a:443", "[::1]:443", "*.corp.example", "a,b", "a/b", "::x"})
    void refusesAnExtraNameThatIsNone(String extra) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new ServedNames("hsm1", NameFamily.ALL, Set.of(extra)))
          .withMessageContaining(extra);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.b", "a.", "127.0.0.1", "::1", "a b", "a:1", "*"})
    void refusesAnHsmNameThatIsNotOneLabel(String name) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new ServedNames(name, NameFamily.ALL, Set.of()));
    }

    @Test
    void needsAFamily() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new ServedNames("hsm1", List.of(), Set.of()));
    }

    @Test
    void servesOnlyItsOwnFamilies() {
      ServedNames azure = new ServedNames("hsm1", List.of(NameFamily.AZURE), Set.of());
      assertThat(azure.resolve(new HostAndPort("hsm1.managedhsm.localhost", 443))).isEmpty();
      assertThat(azure.resolve(new HostAndPort("localhost", 443)).map(Site::family))
          .contains(NameFamily.AZURE);
    }
  }
}
