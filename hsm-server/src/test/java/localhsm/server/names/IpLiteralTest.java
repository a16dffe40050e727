package localhsm.server.names;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpLiteralTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.1",
    "255.255.255.255, 255.255.255.255",
    "::1, 0:0:0:0:0:0:0:1",
    "[::1], 0:0:0:0:0:0:0:1",
    "2001:DB8::A, 2001:db8:0:0:0:0:0:a",
    "::ffff:10.0.0.1, 10.0.0.1"
  })
  void everySpellingOfAnAddressIsOne(String text, String canonical) {
    assertThat(IpLiteral.parse(text)).isPresent();
    assertThat(IpLiteral.canonical(text)).isEqualTo(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "1.2.3",
        "127.1",
        "1.2.3.4.5",
        "256.0.0.1",
        "01.2.3.4",
        "2130706433",
        "0x7f.0.0.1",
        "1.2.3.4:80",
        "[1.2.3.4]",
        "::g",
        "a:b",
        "[::1",
        "::1]",
        "::1%1",
        ":"
      })
  void otherTextIsNoAddress(String text) {
    assertThat(IpLiteral.parse(text)).isEmpty();
    assertThat(IpLiteral.canonical(text)).isEqualTo(text);
  }
}
