package localhsm.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import localhsm.problem.Problem;
import localhsm.problem.ProblemException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReleasePolicyCodecTest {
  private static final String CLAIM = "{'claim':'a','equals':1}";

  private static String json(String text) {
    return text.replace('\'', '"');
  }

  private static ReleasePolicy read(String text) {
    return ReleasePolicyCodec.read(json(text), false);
  }

  private static String policy(String authorities) {
    return "{'version':'1.0.0','anyOf':[" + authorities + "]}";
  }

  private static String authority(String conditions) {
    return "{'authority':'https://a','allOf':[" + conditions + "]}";
  }

  private static String nested(int depth) {
    return "{'allOf':[".repeat(depth) + CLAIM + "]}".repeat(depth);
  }

  private static Problem refusal(String text) {
    try {
      return refused(read(text));
    } catch (ProblemException e) {
      return e.problem();
    }
  }

  private static Problem refused(ReleasePolicy policy) {
    throw new AssertionError("read: " + policy);
  }

  @Nested
  class APolicy {
    @Test
    void isKeptWithSortedMembersAndNoBlanks() {
      assertThat(
              read("""
                      { 'version' : '1.0.0',
                        'anyOf' : [ { 'authority' : 'https://a/', 'allOf' : [
                          { 'equals' : 'x', 'claim' : 'b' },
                          { 'equals' : 1.50, 'claim' : 'n' },
                          { 'anyOf' : [ { 'claim' : 'c', 'equals' : false } ] } ] } ] }""")
                  .document())
          .isEqualTo(
              json(
                  "{'anyOf':[{'allOf':[{'claim':'b','equals':'x'},{'claim':'n','equals':1.50},"
                      + "{'anyOf':[{'claim':'c','equals':false}]}],'authority':'https://a/'}],"
                      + "'version':'1.0.0'}"));
    }

    @Test
    void isTheSameWhenItsDocumentIsReadAgain() {
      ReleasePolicy once =
          read(
              policy(authority("{'claim':'\\u00e9\\n','equals':1e3},{'claim':'t','equals':true}")));
      assertThat(ReleasePolicyCodec.read(once.document(), false)).isEqualTo(once);
    }

    @Test
    void remembersWhetherItIsImmutable() {
      String text = json(policy(authority(CLAIM)));
      assertThat(ReleasePolicyCodec.read(text, true).immutable()).isTrue();
      assertThat(ReleasePolicyCodec.read(text, false).immutable()).isFalse();
    }

    @Test
    void nestsSixteenConditionsAndNoMore() {
      assertThat(read(policy(authority(nested(15)))).anyOf()).hasSize(1);
      assertThat(refusal(policy(authority(nested(16)))).code()).isEqualTo("BadParameter");
    }

    @Test
    void hasAtMost32768Characters() {
      String many =
          IntStream.range(0, 1024)
              .mapToObj(i -> "{'claim':'c" + i + "','equals':1}")
              .collect(Collectors.joining(","));
      assertThat(read(policy(authority(many))).anyOf()).hasSize(1);
      assertThat(refusal(policy(authority(many + " ".repeat(32768)))).message()).contains("32768");
    }
  }

  /** Or the store that holds it could not be opened again. */
  @Test
  void aPolicyWhoseDocumentGrewTooLongIsRefused() {
    String many =
        IntStream.range(0, 1150)
            .mapToObj(i -> "{'claim':'c','equals':1e-6}")
            .collect(Collectors.joining(","));
    assertThat(policy(authority(many)).length()).isLessThan(32768);
    assertThat(refusal(policy(authority(many))).message()).contains("32768");
  }

  @Nested
  class AMalformedPolicy {
    static Stream<String> malformed() {
      return Stream.of(
              List.of("", "null", "1", "[]", "'text'", "{", "{}}", "nonsense"),
              List.of(
                  "{'version':'1.0.0'}",
                  "{'version':'1.0','anyOf':[" + authority(CLAIM) + "]}",
                  "{'version':1,'anyOf':[" + authority(CLAIM) + "]}",
                  "{'version':null,'anyOf':[" + authority(CLAIM) + "]}",
                  "{'version':'1.0.0','version':'1.0.0','anyOf':[" + authority(CLAIM) + "]}",
                  "{'version':'1.0.0','allOf':[" + authority(CLAIM) + "]}",
                  "{'version':'1.0.0','anyOf':{}}",
                  "{'version':'1.0.0','anyOf':[" + authority(CLAIM) + "],'more':1}",
                  policy(authority(CLAIM)) + "x"),
              authorities().map(ReleasePolicyCodecTest::policy).toList(),
              conditions().map(c -> policy(authority(c))).toList())
          .flatMap(List::stream);
    }

    private static Stream<String> authorities() {
      return Stream.of(
          "",
          "1",
          "{'authority':'https://a'}",
          "{'allOf':[" + CLAIM + "]}",
          "{'authority':1,'allOf':[" + CLAIM + "]}",
          "{'authority':' ','allOf':[" + CLAIM + "]}",
          "{'authority':'https://a','allOf':[" + CLAIM + "],'anyOf':[" + CLAIM + "]}",
          "{'authority':'https://a','allOf':[]}",
          "{'authority':'https://a','anyOf':[]}",
          "{'authority':'https://a','allOf':" + CLAIM + "}",
          "{'authority':'https://a','allOf':[" + CLAIM + "],'more':1}");
    }

    private static Stream<String> conditions() {
      return Stream.of(
          "1",
          "{}",
          "{'claim':'a'}",
          "{'equals':'a'}",
          "{'claim':'','equals':'a'}",
          "{'claim':1,'equals':'a'}",
          "{'claim':'a','equals':null}",
          "{'claim':'a','equals':[1]}",
          "{'claim':'a','equals':{}}",
          "{'claim':'a','equals':1,'equals':1}",
          "{'claim':'a','equals':1,'more':1}",
          "{'claim':'a','equals':NaN}",
          "{'claim':'a','equals':1e99999999999}",
          "{'claim':'a','equals':1234567890123456789012345678e-33}",
          "{'claim':'a','equals':1234567890123456789012345678901e9}",
          "{'claim':'" + "a".repeat(257) + "','equals':1}",
          "{'claim':'a" + ".a".repeat(33) + "','equals':1}",
          "{'claim':'a','equals':" + "1".repeat(2000) + "}",
          "{'claim':'a','equals':'\\ud800'}",
          "{'claim':'\\udfff','equals':1}",
          "{'claim':'a','equals':1,'allOf':[" + CLAIM + "]}",
          "{'allOf':[" + CLAIM + "],'anyOf':[" + CLAIM + "]}",
          "{'allOf':[]}",
          "{'claim':'a','notEquals':1}",
          "{'claim':'a','less':1}",
          "{'claim':'a','lessOrEquals':1}",
          "{'claim':'a','greater':1}",
          "{'claim':'a','greaterOrEquals':1}",
          "{'claim':'a','exists':true}",
          nested(300),
          nested(3000));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void isRefusedAsABadParameter(String text) {
      Problem problem = refusal(text);
      assertThat(problem.code()).isEqualTo("BadParameter");
      assertThat(problem.message()).startsWith("Key Release Policy: ");
    }

    @Test
    void withoutVersionIsRefusedInTheServicesWords() {
      assertThatThrownBy(() -> read("{'anyOf':[]}"))
          .hasMessage("Key Release Policy: missing 'version' property");
      assertThatThrownBy(() -> read("{}"))
          .hasMessage("Key Release Policy: missing 'version' property");
    }

    @Test
    void isNotRepeatedInTheRefusal() {
      assertThat(refusal(policy(authority("{'claim':'secret','secret':1}"))).message())
          .doesNotContain("secret");
    }
  }
}
