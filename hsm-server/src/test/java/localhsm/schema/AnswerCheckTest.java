package localhsm.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The check of answers")
class AnswerCheckTest {
  private static final String ID = "6b9f6c1e-2f4a-11ee-9f00-0242ac110002";
  private static final String KEY =
      "/keys/k/0123456789abcdef0123456789abcdef?api-version=2025-07-01";
  private static final String BUNDLE =
      "{'attributes':{'created':1,'enabled':true,'exportable':false,'recoverableDays':90,"
          + "'recoveryLevel':'Recoverable+Purgeable','updated':1},'key':{'crv':'P-256',"
          + "'key_ops':['sign','deriveKey'],'kid':'https://h/keys/k/1','kty':'EC-HSM','x':'AQ','y':'AQ'},"
          + "'tags':{'a':'b'}}";
  private static final String ERROR =
      "{'error':{'code':'KeyNotFound','innererror':{'code':'Inner'},'message':'m (Activity ID: "
          + ID
          + ")'}}";

  private final AnswerCheck check = new AnswerCheck();

  private static Map<String, List<String>> headers(String method, int status) {
    Map<String, List<String>> headers = new HashMap<>();
    headers.put("x-ms-request-id", List.of(ID));
    headers.put("x-ms-server-latency", List.of("3"));
    headers.put("cache-control", List.of("no-cache"));
    headers.put("strict-transport-security", List.of("max-age=31536000; includeSubDomains"));
    headers.put("x-content-type-options", List.of("nosniff"));
    headers.put("x-frame-options", List.of("SAMEORIGIN"));
    headers.put("content-security-policy", List.of("default-src 'self'"));
    headers.put("content-type", List.of("application/json; charset=utf-8"));
    if (status == 200 || status == 204) {
      headers.put("x-ms-keyvault-region", List.of("westeurope"));
      headers.put(
          "x-ms-keyvault-network-info",
          List.of("conn_type=Ipv4;addr=127.0.0.1;act_addr_fam=Ipv4;"));
    }
    if (method.equals("GET")) {
      headers.put("x-ms-build-version", List.of("1"));
    }
    if (status == 401) {
      headers.put(
          "www-authenticate",
          List.of("Bearer authorization=\"https://a/t\", resource=\"https://r:9443\""));
    }
    return headers;
  }

  private static SeenAnswer answer(String method, String target, int status, String body) {
    return new SeenAnswer(method, target, status, headers(method, status), body.replace('\'', '"'));
  }

  private void passes(String method, String target, int status, String body) {
    assertThatCode(() -> check.check(answer(method, target, status, body)))
        .doesNotThrowAnyException();
  }

  private void fails(SeenAnswer answer, String fault) {
    assertThatThrownBy(() -> check.check(answer))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(fault);
  }

  @Nested
  @DisplayName("passes")
  class Passes {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "/keys/k?api-version=7.2",
          "/keys/k/?api%2Dversion=2025-07-01",
          "https://h:1//KEYS//k?$skiptoken=x",
          KEY
        })
    void aGoodBundleWhateverTheFormOfThePath(String target) {
      passes("GET", target, 200, BUNDLE);
      assertThat(check.succeeded()).containsExactly("GetKey");
    }

    @Test
    void whatTheListOfAdditionsNames() {
      passes("POST", "/keys/k//encrypt?api-version=7.5", 200, "{'alg':'A','kid':'k','value':'AQ'}");
    }

    @Test
    void refusalsAndTheChallenge() {
      passes("GET", KEY, 404, ERROR);
      passes("GET", KEY, 401, "OK");
      passes("POST", KEY, 401, "");
      assertThat(check.succeeded()).isEmpty();
    }

    @Test
    void anEmptyAnswerToAPurge() {
      passes("DELETE", "/deletedkeys/k?api-version=7.5", 204, "");
      assertThat(check.succeeded()).containsExactly("PurgeDeletedKey");
    }

    @Test
    void otherPlanes() {
      passes("GET", "/_localhsm/clock", 200, "{}");
    }
  }

  @Nested
  @DisplayName("finds in a body")
  class FindsInABody {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '"',
        value = {
          "'created':1|'created':'1'|no unixtime integer",
          "'created':1|'created':1.5|no unixtime integer",
          "'created':1|'created':1795544668000|no unixtime integer",
          "'created':1,||lacks created",
          "'enabled':true|'enabled':'true'|no boolean",
          "'enabled':true|'enabled':null|no boolean",
          "'recoverableDays':90|'recoverableDays':9000000000|no int32 integer",
          "'recoveryLevel':'Recoverable+Purgeable'|'recoveryLevel':'Never'|no DeletionRecoveryLevel",
          "'x':'AQ'|'x':'AQ=='|no base64url",
          "'x':'AQ'|'x':'A+'|no base64url",
          "'x':'AQ'|'x':'AR'|no base64url",
          "'x':'AQ'|'x':7|no text",
          "'y':'AQ'|'y':'AQ','d':'AQ'|gives away d",
          "'y':'AQ'|'y':'AQ','z':'AQ'|has JsonWebKey.z",
          "'sign'|'fly'|no JsonWebKeyOperation",
          "'EC-HSM'|'AKP-HSM'|no JsonWebKeyType",
          "['sign','deriveKey']|'sign'|no array",
          "{'a':'b'}|{'a':1}|no text",
          "{'a':'b'}|[]|no object",
          "{'a':'b'}|{'a':'b'},'more':1|has KeyBundle.more"
        })
    void everyPlantedFault(String good, String planted, String fault) {
      String bad = BUNDLE.replace(good, planted == null ? "" : planted);
      assertThat(bad).isNotEqualTo(BUNDLE);
      fails(answer("GET", KEY, 200, bad), fault);
    }

    @Test
    void membersThatAnOlderVersionDoesNotHave() {
      String newer = BUNDLE.replace("'enabled'", "'key_size':128,'enabled'");
      passes("GET", "/keys/k?api-version=2026-04-01", 200, newer);
      fails(answer("GET", "/keys/k?api-version=7.6", 200, newer), "has KeyAttributes.key_size");
    }

    @Test
    void anActionThatIsNoneEvenInOtherCase() {
      String policy = "{'lifetimeActions':[{'action':{'type':'rotate'},'trigger':{}}]}";
      fails(
          answer("GET", "/keys/k/rotationpolicy?api-version=7.5", 200, policy),
          "no KeyRotationPolicyAction");
    }

    @Test
    void noJsonAtAll() {
      fails(answer("GET", KEY, 200, ""), "no JSON");
      fails(answer("GET", KEY, 200, "<html>"), "no JSON");
    }

    @Test
    void aBodyWhereThereIsNone() {
      fails(answer("DELETE", "/deletedkeys/k?api-version=7.5", 204, BUNDLE), "a body where");
    }
  }

  @Nested
  @DisplayName("finds in an answer")
  class FindsInAnAnswer {
    @Test
    void aStatusThatIsNotPromised() {
      fails(answer("GET", KEY, 204, ""), "GetKey does not succeed with 204");
      fails(answer("GET", KEY, 500, ERROR), "a failure of the server");
    }

    @Test
    void aSuccessOfNoOperation() {
      fails(answer("PUT", "/keys?api-version=7.5", 200, "{}"), "a success of no operation");
      fails(
          answer("POST", "/keys/k/securewrapkey?api-version=7.6", 200, "{}"),
          "a success of no operation");
    }

    @Test
    void aChallengeThatSaysMore() {
      fails(answer("GET", KEY, 401, ERROR), "a challenge with a body");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '"',
        value = {
          "Activity ID|ID|Activity ID",
          "'code':'KeyNotFound',||lacks code",
          "'message'|'text'|has Error.text",
          "'error'|'fault'|lacks error"
        })
    void anErrorOfAnotherForm(String good, String planted, String fault) {
      String bad = ERROR.replace(good, planted == null ? "" : planted);
      assertThat(bad).isNotEqualTo(ERROR);
      fails(answer("GET", KEY, 404, bad), fault);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "x-ms-request-id",
          "x-ms-server-latency",
          "cache-control",
          "strict-transport-security",
          "x-content-type-options",
          "x-frame-options",
          "content-security-policy",
          "content-type",
          "x-ms-keyvault-region",
          "x-ms-keyvault-network-info",
          "x-ms-build-version"
        })
    void aHeaderThatIsMissing(String name) {
      SeenAnswer whole = answer("GET", KEY, 200, BUNDLE);
      Map<String, List<String>> fewer = new HashMap<>(whole.headers());
      fewer.remove(name);
      fails(new SeenAnswer("GET", KEY, 200, fewer, whole.body()), "header " + name);
    }

    @ParameterizedTest
    @CsvSource({"etag,404", "x-ms-keyvault-region,404", "www-authenticate,200"})
    void aHeaderThatShouldNotBeThere(String name, int status) {
      SeenAnswer whole = answer("GET", KEY, status, status == 200 ? BUNDLE : ERROR);
      Map<String, List<String>> more = new HashMap<>(whole.headers());
      more.put(name, List.of("a"));
      fails(new SeenAnswer("GET", KEY, status, more, whole.body()), "header " + name);
    }
  }
}
