package localhsm.release;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ReleasePolicyTest {
  private static final String ISSUER = "https://attest.example";

  private static final Map<String, Object> CLAIMS =
      Map.ofEntries(
          entry("text", "sgx"),
          entry("number", 7),
          entry("large", new BigInteger("9007199254740993")),
          entry("decimal", 0.5d),
          entry("true", true),
          entry("list", List.of("sgx")),
          entry("tee", Map.of("type", "sevsnpvm", "deep", Map.of("er", true))),
          entry("x.y", "dotted"),
          entry("p.q", Map.of("r", "inside")),
          entry("both", Map.of("ways", "navigated")),
          entry("both.ways", "whole"));

  private static ReleasePolicy policy(String authorities) {
    String json = "{'version':'1.0.0','anyOf':[" + authorities + "]}";
    return ReleasePolicyCodec.read(json.replace('\'', '"'), false);
  }

  private static String authority(String issuer, String rules) {
    return "{'authority':'" + issuer + "'," + rules + "}";
  }

  private static String is(String claim, String value) {
    return "{'claim':'" + claim + "','equals':" + value + "}";
  }

  private static boolean met(String rules) {
    return policy(authority(ISSUER, rules)).allows(ISSUER, CLAIMS);
  }

  @Nested
  class ACondition {
    static Stream<Arguments> conditions() {
      return Stream.of(
          arguments("text", "'sgx'", true),
          arguments("text", "'SGX'", false),
          arguments("Text", "'sgx'", false),
          arguments("number", "7", true),
          arguments("number", "7.0", true),
          arguments("number", "8", false),
          arguments("number", "'7'", false),
          arguments("large", "9007199254740993", true),
          arguments("large", "9007199254740992", false),
          arguments("decimal", "0.50", true),
          arguments("true", "true", true),
          arguments("true", "false", false),
          arguments("true", "'true'", false),
          arguments("list", "'sgx'", false),
          arguments("tee", "'sevsnpvm'", false),
          arguments("tee.type", "'sevsnpvm'", true),
          arguments("tee.deep.er", "true", true),
          arguments("tee.deep", "true", false),
          arguments("text.sgx", "'sgx'", false),
          arguments("list.0", "'sgx'", false),
          arguments("x.y", "'dotted'", true),
          arguments("p.q.r", "'inside'", true),
          arguments("both.ways", "'whole'", true),
          arguments("both.ways", "'navigated'", false),
          arguments("missing", "false", false),
          arguments("tee.missing", "''", false),
          arguments(".", "''", false),
          arguments("..text", "'sgx'", false));
    }

    @ParameterizedTest
    @MethodSource("conditions")
    void isMetByAClaimOfTheSameTypeAndValue(String claim, String value, boolean met) {
      assertThat(met("'allOf':[" + is(claim, value) + "]")).isEqualTo(met);
    }

    @Test
    void isNeverMetByNoClaims() {
      assertThat(
              policy(authority(ISSUER, "'allOf':[" + is("text", "'sgx'") + "]"))
                  .allows(ISSUER, Map.of()))
          .isFalse();
    }

    @Test
    void comparesNumbersOfAnySizeAtOnce() {
      ReleasePolicy policy = policy(authority(ISSUER, "'allOf':[" + is("n", "1e999999999") + "]"));
      assertThat(policy.allows(ISSUER, Map.of("n", 1))).isFalse();
      assertThat(policy.allows(ISSUER, Map.of("n", new BigDecimal("10e999999998")))).isTrue();
    }
  }

  @Nested
  class Combined {
    private final String yes = is("text", "'sgx'");
    private final String no = is("text", "'other'");

    @Test
    void allOfWantsEach() {
      assertThat(met("'allOf':[" + yes + "," + yes + "]")).isTrue();
      assertThat(met("'allOf':[" + yes + "," + no + "]")).isFalse();
    }

    @Test
    void anyOfWantsOne() {
      assertThat(met("'anyOf':[" + no + "," + yes + "]")).isTrue();
      assertThat(met("'anyOf':[" + no + "," + no + "]")).isFalse();
    }

    @Test
    void nest() {
      assertThat(met("'allOf':[" + yes + ",{'anyOf':[" + no + "," + yes + "]}]")).isTrue();
      assertThat(met("'anyOf':[" + no + ",{'allOf':[" + yes + "," + no + "]}]")).isFalse();
    }
  }

  @Nested
  class AnAuthority {
    private final String rule = "'allOf':[" + is("text", "'sgx'") + "]";

    static Stream<Arguments> issuers() {
      return Stream.of(
          arguments("https://a.example", "https://a.example", true),
          arguments("https://a.example/", "https://a.example", true),
          arguments("https://a.example", "https://a.example/", true),
          arguments("https://a.example/", "https://a.example/", true),
          arguments("https://a.example", "https://a.example//", false),
          arguments("https://a.example", "https://A.example", false),
          arguments("https://a.example", "https://a.example/x", false),
          arguments("https://a.example", "https://a.example.evil", false),
          arguments("https://a.example", "http://a.example", false));
    }

    @ParameterizedTest
    @MethodSource("issuers")
    void isTheIssuerButForOneSlash(String authority, String issuer, boolean same) {
      assertThat(policy(authority(authority, rule)).allows(issuer, CLAIMS)).isEqualTo(same);
    }

    @Test
    void decidesByItsOwnConditionsOnly() {
      ReleasePolicy policy =
          policy(
              authority("https://one", rule)
                  + ","
                  + authority("https://two", "'allOf':[" + is("text", "'tdx'") + "]"));
      assertThat(policy.allows("https://one", CLAIMS)).isTrue();
      assertThat(policy.allows("https://two", CLAIMS)).isFalse();
    }
  }
}
