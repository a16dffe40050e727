package localhsm.server.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import localhsm.crypto.Curve;
import localhsm.crypto.KeyOperation;
import localhsm.crypto.KeyParameters;
import localhsm.id.KeyName;
import localhsm.keys.wish.NewKey;
import localhsm.problem.ProblemException;
import localhsm.server.http.Request;
import localhsm.server.http.TestRequests;
import localhsm.server.json.JsonBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WishJsonTest {
  private static final KeyName NAME = new KeyName("a");

  private final KeysApi api = new KeysApi();

  private NewKey read(String json) {
    Request request = TestRequests.post("/keys/a/create?api-version=7.6", json.replace('\'', '"'));
    return WishJson.create(api.routed(request), JsonBody.of(request));
  }

  private String refusal(String json) {
    return catchThrowableOfType(ProblemException.class, () -> read(json)).problem().message();
  }

  static Stream<Arguments> parameters() {
    return Stream.of(
        Arguments.of("{'kty':'RSA'}", new KeyParameters.Rsa(2048, 65537)),
        Arguments.of("{'kty':'RSA-HSM'}", new KeyParameters.Rsa(2048, 65537)),
        Arguments.of("{'kty':'RSA','key_size':2048}", new KeyParameters.Rsa(2048, 65537)),
        Arguments.of("{'kty':'RSA-HSM','key_size':3072}", new KeyParameters.Rsa(3072, 65537)),
        Arguments.of("{'kty':'RSA','key_size':4096}", new KeyParameters.Rsa(4096, 65537)),
        Arguments.of("{'kty':'RSA','public_exponent':0}", new KeyParameters.Rsa(2048, 65537)),
        Arguments.of("{'kty':'RSA','public_exponent':3}", new KeyParameters.Rsa(2048, 3)),
        Arguments.of("{'kty':'RSA','public_exponent':65537}", new KeyParameters.Rsa(2048, 65537)),
        Arguments.of(
            "{'kty':'RSA','crv':null,'key_size':null}", new KeyParameters.Rsa(2048, 65537)),
        Arguments.of("{'kty':'EC'}", new KeyParameters.Ec(Curve.P_256)),
        Arguments.of("{'kty':'EC-HSM'}", new KeyParameters.Ec(Curve.P_256)),
        Arguments.of("{'kty':'EC','crv':'P-256'}", new KeyParameters.Ec(Curve.P_256)),
        Arguments.of("{'kty':'EC','crv':'P-256K'}", new KeyParameters.Ec(Curve.P_256K)),
        Arguments.of("{'kty':'EC','crv':'P-384'}", new KeyParameters.Ec(Curve.P_384)),
        Arguments.of("{'kty':'EC-HSM','crv':'P-521'}", new KeyParameters.Ec(Curve.P_521)),
        Arguments.of("{'kty':'oct'}", new KeyParameters.Oct(256)),
        Arguments.of("{'kty':'oct-HSM','key_size':128}", new KeyParameters.Oct(128)),
        Arguments.of("{'kty':'oct','key_size':192,'crv':'P-256'}", new KeyParameters.Oct(192)),
        Arguments.of("{'kty':'EC','unknown':[1]}", new KeyParameters.Ec(Curve.P_256)));
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of("{}", "Property kty is required."),
        Arguments.of("{'kty':null}", "Property kty is required."),
        Arguments.of("{'kty':7}", "Property kty must be a string."),
        Arguments.of("{'kty':'rsa'}", "Invalid kty value: rsa"),
        Arguments.of("{'kty':''}", "Invalid kty value: "),
        Arguments.of("{'kty':'RSA-HSM-HSM'}", "Invalid kty value: RSA-HSM-HSM"),
        Arguments.of("{'kty':'RSA','key_size':64}", "Invalid key size: '64'"),
        Arguments.of("{'kty':'RSA','key_size':0}", "Invalid key size: '0'"),
        Arguments.of("{'kty':'RSA','key_size':-2048}", "Invalid key size: '-2048'"),
        Arguments.of("{'kty':'RSA','key_size':2049}", "Invalid key size: '2049'"),
        Arguments.of("{'kty':'RSA','key_size':8192}", "Invalid key size: '8192'"),
        Arguments.of("{'kty':'RSA','key_size':'2048'}", "Property key_size must be an integer."),
        Arguments.of("{'kty':'RSA','key_size':2048.5}", "Property key_size must be an integer."),
        Arguments.of(
            "{'kty':'RSA','key_size':4294969344}", "Property key_size must be an integer."),
        Arguments.of("{'kty':'oct','key_size':64}", "Invalid key size: '64'"),
        Arguments.of("{'kty':'oct','key_size':'256'}", "Property key_size must be an integer."),
        Arguments.of("{'kty':'OCT'}", "Invalid kty value: OCT"),
        Arguments.of("{'kty':'EC','crv':'P-224'}", "Property crv names no supported curve."),
        Arguments.of("{'kty':'EC','crv':''}", "Property crv names no supported curve."),
        Arguments.of("{'kty':'EC','crv':256}", "Property crv must be a string."),
        Arguments.of(
            "{'kty':'RSA','public_exponent':-3}",
            "Invalid public_exponent: 65537 and 3 are supported."),
        Arguments.of(
            "{'kty':'RSA','public_exponent':5}",
            "Invalid public_exponent: 65537 and 3 are supported."),
        Arguments.of(
            "{'kty':'RSA','public_exponent':'AQAB'}",
            "Property public_exponent must be an integer."),
        Arguments.of(
            "{'kty':'EC','key_ops':'sign'}", "Property key_ops must be an array of strings."),
        Arguments.of("{'kty':'EC','key_ops':[1]}", "Property key_ops must be a string."),
        Arguments.of(
            "{'kty':'EC','key_ops':['Sign']}", "Property key_ops has an unknown operation."),
        Arguments.of(
            "{'kty':'EC','key_ops':['sign','']}", "Property key_ops has an unknown operation."),
        Arguments.of(
            "{'kty':'RSA','key_ops':['import','sign']}",
            "The operation import excludes every other one."),
        Arguments.of("{'kty':'EC','attributes':[]}", "Property attributes must be an object."),
        Arguments.of(
            "{'kty':'EC','attributes':{'enabled':1}}", "Property enabled must be true or false."),
        Arguments.of(
            "{'kty':'EC','attributes':{'enabled':'true'}}",
            "Property enabled must be true or false."),
        Arguments.of(
            "{'kty':'EC','attributes':{'exp':'2027-01-01'}}", "Property exp must be an integer."),
        Arguments.of("{'kty':'EC','attributes':{'exp':1.5}}", "Property exp must be an integer."),
        Arguments.of("{'kty':'EC','attributes':{'nbf':-1}}", "Property nbf is not a valid time."),
        Arguments.of(
            "{'kty':'EC','attributes':{'exp':253402300800}}", "Property exp is not a valid time."),
        Arguments.of(
            "{'kty':'EC','attributes':{'exp':9223372036854775808}}",
            "Property exp must be an integer."),
        Arguments.of("{'kty':'EC','tags':[]}", "Property tags must be an object."),
        Arguments.of("{'kty':'EC','tags':{'a':1}}", "Property tags must be a string."),
        Arguments.of("{'kty':'EC','tags':{'a':{}}}", "Property tags must be a string."),
        Arguments.of(
            "{'kty':'EC','tags':{'a':'\\udc00'}}", "Property tags must be well-formed text."),
        Arguments.of("{'kty':'\\ud800'}", "Property kty must be well-formed text."),
        Arguments.of(
            "{'kty':'EC','attributes':{'exportable':'no'}}",
            "Property exportable must be true or false."),
        Arguments.of(
            "{'kty':'EC','release_policy':[]}", "Property release_policy must be an object."),
        Arguments.of("{'kty':'EC','release_policy':{}}", "Property data is required."),
        Arguments.of(
            "{'kty':'EC','release_policy':{'data':'!'}}",
            "Property data must be a base64url value."),
        Arguments.of(
            "{'kty':'EC','release_policy':{'data':'_w'}}",
            "Property data must be base64url of a text."),
        Arguments.of(
            "{'kty':'EC','release_policy':{'data':'e30','immutable':1}}",
            "Property immutable must be true or false."),
        Arguments.of(
            "{'kty':'EC','release_policy':{'data':'e30','contentType':1}}",
            "Property contentType must be a string."),
        Arguments.of(
            "{'kty':'EC','attributes':{'external_key':{'id':'a'}}}",
            "External keys are not supported."));
  }

  @ParameterizedTest
  @MethodSource("parameters")
  void readsWhatIsToBeGenerated(String json, KeyParameters expected) {
    assertThat(read(json).parameters()).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refusesWhatIsWrong(String json, String message) {
    assertThat(refusal(json)).isEqualTo(message);
  }

  @Test
  void leavesTheDefaultsToTheType() {
    NewKey wish = read("{'kty':'EC','attributes':{},'tags':{},'key_ops':null}");
    assertThat(wish.settings().operations()).isEmpty();
    assertThat(wish.settings().enabled()).isTrue();
    assertThat(wish.settings().notBefore()).isEmpty();
    assertThat(wish.settings().expires()).isEmpty();
    assertThat(wish.settings().tags()).isEmpty();
  }

  @Test
  void readsEverythingElse() {
    NewKey wish =
        read(
            "{'kty':'RSA','key_ops':['deriveKey','wrapKey'],'tags':{'a b':''},'attributes':"
                + "{'enabled':false,'nbf':0,'exp':253402300799,'exportable':false}}");
    assertThat(wish.name()).isEqualTo(NAME);
    assertThat(wish.settings().operations())
        .contains(List.of(KeyOperation.DERIVE_KEY, KeyOperation.WRAP_KEY));
    assertThat(wish.settings().enabled()).isFalse();
    assertThat(wish.settings().notBefore()).contains(Instant.EPOCH);
    assertThat(wish.settings().expires()).contains(Instant.parse("9999-12-31T23:59:59Z"));
    assertThat(wish.settings().tags()).isEqualTo(Map.of("a b", ""));
  }

  @Test
  void takesFifteenTagsOfTwoHundredFiftySixCharacters() {
    assertThat(read(tagged(15, 256)).settings().tags()).hasSize(15);
    assertThat(refusal(tagged(16, 1))).contains("15 tags");
    assertThat(refusal(tagged(1, 257))).contains("256 characters");
  }

  private static String tagged(int count, int length) {
    return IntStream.range(0, count)
        .mapToObj(i -> "'t" + i + "':'" + "x".repeat(length) + "'")
        .collect(Collectors.joining(",", "{'kty':'EC','tags':{", "}}"));
  }
}
