package localhsm.server.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import localhsm.server.names.NameFamily;
import localhsm.server.names.ServedNames;
import org.junit.jupiter.api.Test;

class PermittedNamesTest {
  @Test
  void theSharedCaKnowsTheFamiliesAndLoopbackAlone() {
    assertThat(PermittedNames.SHARED.domains())
        .containsExactly(
            "blob.core.windows.net",
            "localhost",
            "login.microsoftonline.com",
            "managedhsm.azure.net",
            "management.azure.com");
    assertThat(PermittedNames.SHARED.ranges()).containsExactly("127.0.0.0/8", "::1/128");
  }

  @Test
  void everyNameOfTheFamiliesIsShared() {
    List<String> names =
        LeafNames.of(
            new ServedNames(
                "hsm1",
                NameFamily.ALL,
                Set.of("hsm2.managedhsm.localhost", "other.localhost", "127.9.9.9", "[::1]")));
    assertThat(PermittedNames.beyondShared(names)).isEmpty();
  }

  @Test
  void otherNamesAreNot() {
    List<String> names =
        LeafNames.of(
            new ServedNames(
                "hsm1",
                List.of(
                    new NameFamily(
                        "lab", "hsm.lab.test", "login.lab.test", "arm.lab.test", "blob.lab.test")),
                Set.of("Vault", "10.0.0.1", "2001:db8::a", "evilmanagedhsm.azure.net")));
    List<String> beyond = PermittedNames.beyondShared(names);
    assertThat(beyond)
        .containsExactly(
            "10.0.0.1",
            "2001:db8:0:0:0:0:0:a",
            "arm.lab.test",
            "blob.lab.test",
            "evilmanagedhsm.azure.net",
            "hsm.lab.test",
            "login.lab.test",
            "vault");
    PermittedNames all = PermittedNames.SHARED.and(beyond);
    assertThat(all.domains()).containsAll(PermittedNames.SHARED.domains()).contains("vault");
    assertThat(all.ranges())
        .containsExactly("127.0.0.0/8", "::1/128", "10.0.0.1/32", "2001:db8:0:0:0:0:0:a/128");
  }
}
