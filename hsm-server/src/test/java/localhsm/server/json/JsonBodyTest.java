package localhsm.server.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import localhsm.problem.Problem;
import localhsm.problem.ProblemException;
import localhsm.server.http.TestRequests;
import localhsm.server.http.Verb;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBodyTest {

  private static JsonBody body(byte[] bytes) {
    return JsonBody.of(TestRequests.of(Verb.POST, "/", bytes));
  }

  private static JsonBody body(String json) {
    return body(json.getBytes(StandardCharsets.UTF_8));
  }

  private static void assertRefused(Throwable thrown) {
    assertThat(thrown)
        .isInstanceOfSatisfying(
            ProblemException.class,
            no -> assertThat(no.problem().kind()).isEqualTo(Problem.Kind.BAD_PARAMETER));
  }

  static Stream<String> malformed() {
    return Stream.of(
        "",
        " ",
        "{",
        "}",
        "{}{}",
        "{} x",
        "{},",
        "null",
        "1",
        "\"text\"",
        "[]",
        "[{}]",
        "{'a':1}",
        "{a:1}",
        "{\"a\":1,}",
        "{\"a\":01}",
        "{\"a\":+1}",
        "{\"a\":NaN}",
        "{\"a\":Infinity}",
        "{\"a\":undefined}",
        "{\"a\":1,\"a\":1}",
        "{\"a\":{\"b\":1,\"b\":2}}",
        "{\"a\":1,\"\\u0061\":2}",
        "{\"a\":\"\n\"}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\ud8\"}",
        "{\"a\":1} // comment",
        "/* comment */ {\"a\":1}",
        "{\"a\":" + "[".repeat(40) + "]".repeat(40) + "}",
        "[".repeat(100_000),
        "{\"a\":".repeat(50_000),
        "{\"a\":" + "9".repeat(33) + "}",
        "{\"a\":1." + "9".repeat(40) + "}",
        "{\"" + "a".repeat(1025) + "\":1}");
  }

  static Stream<byte[]> badlyEncoded() {
    return Stream.of(
            "7b2261223a22ff227d", // no UTF-8 byte
            "7b2261223a22c0af227d", // overlong
            "7b2261223a22eda080227d", // surrogate
            "7b2261223a22e28227d0", // cut short
            "00",
            "fffe",
            "feff",
            "0000feff",
            "fffe0000",
            "0000fffe",
            "feff0000",
            "0000007b00110000", // UTF-32 beyond Unicode
            "7b00000000001100",
            "007b00",
            "7b007d",
            "efbbbf",
            "efbb7b7d")
        .map(HexFormat.of()::parseHex);
  }

  @Nested
  class ABody {
    @ParameterizedTest
    @MethodSource("localhsm.server.json.JsonBodyTest#malformed")
    void isRefusedUnlessItIsOneObject(String json) {
      assertRefused(catchThrowable(() -> body(json)));
    }

    @ParameterizedTest
    @MethodSource("localhsm.server.json.JsonBodyTest#badlyEncoded")
    void isRefusedWhenBadlyEncoded(byte[] bytes) {
      assertRefused(catchThrowable(() -> body(bytes)));
    }

    @Test
    void mayHaveAByteOrderMark() {
      assertThat(body("\uFEFF{\"a\":\"b\"}").text("a")).isEqualTo("b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE"})
    void mayBeInAnotherEncodingOfUnicode(String charset) {
      assertThat(body("{\"a\":\"\u00e4\"}".getBytes(Charset.forName(charset))).text("a"))
          .isEqualTo("\u00e4");
    }

    @Test
    void mayHaveBlanksAroundAndMembersUnknown() {
      JsonBody body = body("\r\n\t {\"b\":[{}],\"a\":\"\\u00e4\\ud83d\\ude00\"} \n");
      assertThat(body.text("a")).isEqualTo("\u00e4\ud83d\ude00");
    }
  }

  static Stream<Arguments> readers() {
    return Stream.of(
        reader("text", b -> b.text("a"), "string"),
        reader("optionalText", b -> b.optionalText("a"), "string"),
        reader("bytes", b -> b.bytes("a"), "string"),
        reader("optionalBytes", b -> b.optionalBytes("a"), "string"),
        reader("secret", b -> b.secret("a"), "string"),
        reader("encodedText", b -> b.encodedText("a"), "string"),
        reader("objects", b -> b.objects("a"), "array of objects"),
        reader("integer", b -> b.integer("a"), "integer"),
        reader("longInteger", b -> b.longInteger("a"), "integer"),
        reader("bool", b -> b.bool("a"), "true or false"),
        reader("object", b -> b.object("a"), "object"),
        reader("texts", b -> b.texts("a"), "array of strings"),
        reader("textMap", b -> b.textMap("a"), "object"));
  }

  private static Arguments reader(String name, Function<JsonBody, Object> read, String expected) {
    return Arguments.of(name, read, expected);
  }

  @Nested
  class AMember {
    private static final List<String> VALUES =
        List.of("\"!\"", "1", "1.5", "true", "{\"x\":1}", "[1]");

    @ParameterizedTest(name = "{0}")
    @MethodSource("localhsm.server.json.JsonBodyTest#readers")
    void ofAnotherTypeIsRefusedByName(
        String name, Function<JsonBody, Object> read, String expected) {
      int refused = 0;
      for (String value : VALUES) {
        Throwable thrown = catchThrowable(() -> read.apply(body("{\"a\":" + value + "}")));
        if (thrown != null) {
          assertRefused(thrown);
          assertThat(thrown).hasMessageStartingWith("Property a must be ");
          refused++;
        }
      }
      assertThat(refused).as(name + ": only one kind of value is " + expected).isGreaterThan(4);
    }

    @Test
    void thatIsNullIsAbsent() {
      JsonBody body = body("{\"a\":null}");
      assertThat(body.has("a")).isFalse();
      assertThat(body.optionalText("a")).isEmpty();
      assertThat(body.integer("a")).isEmpty();
      assertThat(body.longInteger("a")).isEmpty();
      assertThat(body.bool("a")).isEmpty();
      assertThat(body.object("a")).isEmpty();
      assertThat(body.texts("a")).isEmpty();
      assertThat(body.textMap("a")).isEmpty();
      assertThat(body.objects("a")).isEmpty();
      assertThat(body.optionalBytes("a")).isEmpty();
      assertThat(catchThrowable(() -> body.text("a"))).hasMessage("Property a is required.");
      assertThat(catchThrowable(() -> body.bytes("b"))).hasMessage("Property b is required.");
    }

    @Test
    void isReadAsItsType() {
      JsonBody body =
          body("{\"t\":\"x\",\"i\":-7,\"l\":253402300799,\"b\":false,\"o\":{\"t\":\"y\"}}");
      assertThat(body.has("b")).isTrue();
      assertThat(body.text("t")).isEqualTo("x");
      assertThat(body.integer("i")).hasValue(-7);
      assertThat(body.longInteger("l")).contains(253402300799L);
      assertThat(body.bool("b")).contains(false);
      assertThat(body.object("o").orElseThrow().text("t")).isEqualTo("y");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"2147483648", "-2147483649", "1e3", "1.0", "99999999999999999999999999999999"})
    void isNoIntegerBeyondItsRange(String number) {
      assertRefused(catchThrowable(() -> body("{\"a\":" + number + "}").integer("a")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775808", "1e3", "1e999999999", "-9223372036854775809"})
    void isNoLongIntegerBeyondItsRange(String number) {
      assertRefused(catchThrowable(() -> body("{\"a\":" + number + "}").longInteger("a")));
    }

    @Test
    void ofBytesTakesPaddingAndNothingElse() {
      assertThat(body("{\"a\":\"-_8\"}").bytes("a")).containsExactly(0xfb, 0xff);
      assertThat(body("{\"a\":\"-_8=\"}").bytes("a")).containsExactly(0xfb, 0xff);
      assertThat(body("{\"a\":\"\"}").bytes("a")).isEmpty();
      for (String wrong : List.of("+/8", "A", "AA=", "AA A", "AAAA\\n", "=", "\\u00e4AAA")) {
        assertRefused(catchThrowable(() -> body("{\"a\":\"" + wrong + "\"}").bytes("a")));
      }
    }

    @Test
    void ofEncodedTextIsUtf8() {
      assertThat(body("{\"a\":\"w6Q\"}").encodedText("a")).isEqualTo("\u00e4");
      for (String wrong : List.of("_w", "w6", "4oI", "wIA", "7aCA")) {
        assertRefused(catchThrowable(() -> body("{\"a\":\"" + wrong + "\"}").encodedText("a")));
      }
    }

    @Test
    void ofAnEncodedObjectIsReadAsStrictlyAsABody() {
      assertThat(body("{\"a\":\"" + base64("{\"b\":\"x\"}") + "\"}").encodedObject("a").text("b"))
          .isEqualTo("x");
      malformed()
          .forEach(
              wrong ->
                  assertRefused(
                      catchThrowable(
                          () -> body("{\"a\":\"" + base64(wrong) + "\"}").encodedObject("a"))));
    }

    private static String base64(String text) {
      return Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void ofObjectsHoldsNothingElse() {
      List<JsonBody> objects = body("{\"a\":[{\"b\":\"x\"},{}]}").objects("a").orElseThrow();
      assertThat(objects).hasSize(2);
      assertThat(objects.get(0).text("b")).isEqualTo("x");
      assertThat(body("{\"a\":[]}").objects("a")).contains(List.of());
      assertRefused(catchThrowable(() -> body("{\"a\":[{},null]}").objects("a")));
      assertRefused(catchThrowable(() -> body("{\"a\":[[]]}").objects("a")));
      assertRefused(catchThrowable(() -> body("{\"a\":{\"b\":{}}}").objects("a")));
    }

    @Test
    void ofListsAndMapsHoldsTextsOnly() {
      assertThat(body("{\"a\":[\"x\",\"y\"]}").texts("a")).contains(List.of("x", "y"));
      assertThat(body("{\"a\":[]}").texts("a")).contains(List.of());
      assertThat(body("{\"a\":{\"x\":\"y\"}}").textMap("a")).contains(Map.of("x", "y"));
      assertRefused(catchThrowable(() -> body("{\"a\":[\"x\",null]}").texts("a")));
      assertRefused(catchThrowable(() -> body("{\"a\":[\"x\",1]}").texts("a")));
      assertRefused(catchThrowable(() -> body("{\"a\":{\"x\":null}}").textMap("a")));
      assertRefused(catchThrowable(() -> body("{\"a\":{\"x\":1}}").textMap("a")));
    }

    @Test
    void withHalfASurrogatePairIsRefused() {
      assertRefused(catchThrowable(() -> body("{\"a\":\"\\ud83d\"}").text("a")));
      assertRefused(catchThrowable(() -> body("{\"a\":\"\\ude00\\ud83d\"}").text("a")));
      assertRefused(catchThrowable(() -> body("{\"a\":[\"\\udfff\"]}").texts("a")));
      assertRefused(catchThrowable(() -> body("{\"a\":{\"\\ud83d\":\"\"}}").textMap("a")));
      assertRefused(catchThrowable(() -> body("{\"a\":{\"\":\"\\ud83d\"}}").textMap("a")));
    }

    @Test
    void isNeverRepeatedInARefusal() {
      assertThat(catchThrowable(() -> body("{\"a\":\"hush\"}").integer("a")))
          .hasMessageNotContaining("hush");
      assertThat(catchThrowable(() -> body("{\"a\":hush}"))).hasMessageNotContaining("hush");
    }
  }
}
