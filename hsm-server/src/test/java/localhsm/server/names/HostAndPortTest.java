package localhsm.server.names;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostAndPortTest {
  @Nested
  @DisplayName("A Host value")
  class HostValue {
    @ParameterizedTest
    @CsvSource({
      "hsm1.managedhsm.localhost:9443, hsm1.managedhsm.localhost, 9443",
      "hsm1.managedhsm.azure.net, hsm1.managedhsm.azure.net, 443",
      "hsm1.managedhsm.azure.net:443, hsm1.managedhsm.azure.net, 443",
      "HSM1.ManagedHSM.Localhost:1, hsm1.managedhsm.localhost, 1",
      "localhost.:9443, localhost, 9443",
      "login.localhost., login.localhost, 443",
      "127.0.0.1:65535, 127.0.0.1, 65535",
      "[::1]:9443, [::1], 9443",
      "[0:0:0:0:0:0:0:1], [0:0:0:0:0:0:0:1], 443",
      "[FE80::AB]:9443, [fe80::ab], 9443",
      "my_hsm:9443, my_hsm, 9443",
      "xn--bcher-kva.example:9443, xn--bcher-kva.example, 9443",
      "a:09443, a, 9443"
    })
    void isReadAsHostAndPort(String header, String host, int port) {
      assertThat(HostAndPort.parse(header)).contains(new HostAndPort(host, port));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          " ",
          ".",
          "..",
          "a..b",
          ".a",
          "a..",
          "-a",
          "a-",
          "a.-b",
          ":",
          ":443",
          "a:",
          "a:b",
          "a:-1",
          "a:+1",
          "a:0",
          "a:00000",
          "a:65536",
          "a:99999",
          "a:123456",
          "a:1:2",
          "a:\u0661",
          "::1",
          "::1:443",
          "[::1",
          "::1]",
          "[]",
          "[]:443",
          "[::1]:x",
          "[::1]x",
          "[::1]:0",
          "[:::]",
          "[1:2]",
          "[127.0.0.1]",
          "[localhost]",
          "[::1%lo]",
          "[fe80::1%25eth0]:443",
          "[[::1]]",
          "a b",
          " a",
          "a ",
          "a,b",
          "a, a",
          "user@a",
          "user:pass@a:443",
          "a/b",
          "a?b",
          "a#b",
          "a\\b",
          "https://a",
          "a%2eb",
          "*.managedhsm.localhost",
          "a\r\nX: y",
          "a\n",
          "a\u0000",
          "b\u00fccher.example",
          "\u212aelvin.localhost"
        })
    void isRefusedWhenMalformed(String header) {
      assertThat(HostAndPort.parse(header)).isEmpty();
    }

    @Test
    void isRefusedWhenALabelIsTooLong() {
      assertThat(HostAndPort.parse("a".repeat(63) + ".b")).isPresent();
      assertThat(HostAndPort.parse("a".repeat(64) + ".b")).isEmpty();
    }

    @Test
    void isRefusedWhenTheNameIsTooLong() {
      String longest = "a.".repeat(126) + "a";
      assertThat(HostAndPort.parse(longest + ".:65535")).isPresent();
      assertThat(HostAndPort.parse("a" + longest + ":9443")).isEmpty();
      assertThat(HostAndPort.parse("a.".repeat(100_000))).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"a.b, 443, https://a.b", "a.b, 9443, https://a.b:9443", "[::1], 1, https://[::1]:1"})
  void originNamesThePortUnlessItIs443(String host, int port, String origin) {
    assertThat(new HostAndPort(host, port).origin()).isEqualTo(origin);
    assertThat(new HostAndPort("other", port).originOf(host)).isEqualTo(origin);
  }
}
