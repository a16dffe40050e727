package localhsm.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import localhsm.server.app.BadInputs.Row;
import localhsm.server.app.Wire.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What a hostile or careless client sends")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {
  private static final Map<String, String> FIXED =
      Map.of(
          "cache-control", "no-cache",
          "strict-transport-security", "max-age=31536000; includeSubDomains",
          "x-content-type-options", "nosniff",
          "x-frame-options", "SAMEORIGIN",
          "content-security-policy", "default-src 'self'",
          "content-type", "application/json; charset=utf-8");
  private static final String GOOD = "/keys/ec" + BadInputs.VERSION;

  private TestHsm hsm;
  private Wire wire;
  private String token;

  @BeforeAll
  void start(@TempDir Path folder) {
    hsm = TestHsm.start(TestHsm.config(folder), folder);
    wire = hsm.connect();
    token = hsm.token("admin");
    for (Map.Entry<String, String> key : BadInputs.KEYS.entrySet()) {
      String target = "/keys/" + key.getKey() + "/create" + BadInputs.VERSION;
      assertThat(wire.as(token, "POST", target, key.getValue()).status()).isEqualTo(200);
    }
  }

  @AfterAll
  void stop() {
    Answer keys = wire.as(token, "GET", "/keys" + BadInputs.VERSION, "");
    assertThat(keys.body()).as("what was refused changed nothing").doesNotContain("/keys/bad");
    wire.close();
    hsm.close();
  }

  @TestFactory
  Stream<DynamicTest> isRefused() {
    return Stream.of(
            BadInputs.unauthenticated(),
            BadInputs.paths(),
            BadInputs.versions(),
            BadBodies.bodies(),
            BadBodies.unreadable(),
            BadBodies.creations(),
            BadBodies.imports(),
            BadBodies.symmetric(),
            BadBodies.policiesAndCounts(),
            BadBodies.digests(),
            BadBodies.ciphers(),
            BadInputs.hosts(),
            BadInputs.sizes())
        .flatMap(List::stream)
        .map(row -> dynamicTest(row.name(), () -> refused(row)));
  }

  private void refused(Row row) {
    String fields = (row.anonymous() ? "" : Wire.bearer(token)) + row.fields();
    Answer answer = wire.send(row.verb(), row.target(), fields, row.body());

    if (answer.last()) {
      wire.close();
      wire = hsm.connect();
    }
    assertThat(answer.status()).as(answer.body()).isEqualTo(row.status());
    headers(answer, row.verb());
    if (row.status() == 401) {
      assertThat(answer.header("www-authenticate")).isEqualTo(challenge());
      assertThat(answer.body()).isEqualTo(row.verb().equals("GET") ? "OK" : "");
    } else if (!row.verb().equals("HEAD")) {
      envelope(answer, row.code());
    }
    assertThat(wire.as(token, "GET", GOOD, "").status()).isEqualTo(200);
  }

  private static void headers(Answer answer, String verb) {
    FIXED.forEach((name, value) -> assertThat(answer.header(name)).as(name).isEqualTo(value));
    assertThat(answer.header("x-ms-request-id"))
        .matches("[0-9a-f]{8}-[0-9a-f]{4}-1[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    assertThat(answer.header("x-ms-server-latency")).matches("[0-9]+");
    if (!answer.last()) {
      // otherwise the bytes may not have been readable enough to know the verb
      assertThat(answer.headers().containsKey("x-ms-build-version")).isEqualTo(verb.equals("GET"));
    }
    assertThat(answer.headers())
        .doesNotContainKeys("x-ms-keyvault-region", "x-ms-keyvault-network-info", "server");
  }

  private static void envelope(Answer answer, String code) {
    JsonNode json = answer.json();
    assertThat(json.properties()).extracting(Map.Entry::getKey).containsExactly("error");
    JsonNode error = json.get("error");
    assertThat(error.get("code").asText()).as(answer.body()).isEqualTo(code);
    assertThat(error.get("message").asText())
        .endsWith(" (Activity ID: " + answer.header("x-ms-request-id") + ")")
        .hasSizeLessThan(400)
        .doesNotContain("AAAAAAAA")
        .doesNotContain("localhsm.", "java.", "Exception");
  }

  private String challenge() {
    ReadyState ready = hsm.ready();
    return "Bearer authorization=\""
        + ready.authorityUrl()
        + "/"
        + ready.tenantId()
        + "\", resource=\""
        + ready.resource()
        + "\"";
  }

  @Test
  void getsItsHeadersWithEveryGoodAnswerToo() {
    Answer get = wire.as(token, "GET", GOOD, "");
    Answer post =
        wire.as(token, "POST", "/keys/other/create" + BadInputs.VERSION, "{\"kty\":\"EC\"}");

    for (Answer answer : List.of(get, post)) {
      FIXED.forEach((name, value) -> assertThat(answer.header(name)).as(name).isEqualTo(value));
      assertThat(answer.header("x-ms-keyvault-region")).isEqualTo("westeurope");
      assertThat(answer.header("x-ms-keyvault-network-info"))
          .isEqualTo("conn_type=Ipv4;addr=127.0.0.1;act_addr_fam=Ipv4;");
    }
    assertThat(get.headers()).containsKey("x-ms-build-version");
    assertThat(post.headers()).doesNotContainKey("x-ms-build-version");
  }

  @Test
  void learnsNothingFromFailedDecryptions() {
    String sealed = "{\"alg\":\"%s\",\"value\":\"%s\"}";
    List<String> messages =
        Stream.of("RSA-OAEP", "RSA-OAEP-256", "RSA1_5")
            .flatMap(
                alg ->
                    Stream.of("", "AA", "A".repeat(342), "B".repeat(342), "C".repeat(1000))
                        .map(value -> sealed.formatted(alg, value)))
            .flatMap(
                body ->
                    Stream.of("decrypt", "unwrapkey")
                        .map(op -> "/keys/rsa/" + op + BadInputs.VERSION)
                        .map(target -> wire.as(token, "POST", target, body)))
            .map(answer -> answer.status() + answer.body().replaceAll(" \\(Activity.*", ""))
            .distinct()
            .toList();

    assertThat(messages).hasSize(1).allMatch(text -> text.startsWith("400"));
  }
}
