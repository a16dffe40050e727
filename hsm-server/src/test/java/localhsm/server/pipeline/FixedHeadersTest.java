package localhsm.server.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import localhsm.server.http.Request;
import localhsm.server.http.Response;
import localhsm.server.http.Response.Field;
import localhsm.server.http.TestRequests;
import localhsm.server.http.Verb;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FixedHeadersTest {
  static final List<Field> ALWAYS =
      List.of(
          new Field("Cache-Control", "no-cache"),
          new Field("Strict-Transport-Security", "max-age=31536000; includeSubDomains"),
          new Field("X-Content-Type-Options", "nosniff"),
          new Field("X-Frame-Options", "SAMEORIGIN"),
          new Field("Content-Security-Policy", "default-src 'self'"));

  private final FixedHeaders fixed = new FixedHeaders("westus2", "1.0.0-test");

  private static Field find(Response response, String name) {
    return response.headers().stream()
        .filter(field -> field.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> names(Response response) {
    return response.headers().stream().map(Field::name).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, 200, true, true, true",
    "GET, 200, false, true, false",
    "GET, 401, false, true, false",
    "GET, 404, true, true, false",
    "GET, 500, true, true, false",
    "POST, 200, true, false, true",
    "POST, 202, true, false, true",
    "POST, 401, false, false, false",
    "POST, 403, true, false, false",
    "PUT, 200, true, false, true",
    "PATCH, 400, true, false, false",
    "DELETE, 204, true, false, true",
    "OTHER, 405, true, false, false"
  })
  void areThoseOfTheService(
      Verb verb, int status, boolean authenticated, boolean build, boolean region) {
    Request request = TestRequests.of(verb, "/keys", "");
    Response response = fixed.on(Response.of(status, ""), request, authenticated);
    List<Field> expected = new ArrayList<>();
    expected.add(new Field("x-ms-request-id", TestRequests.ID.toString()));
    if (build) {
      expected.add(new Field("x-ms-build-version", "1.0.0-test"));
    }
    expected.add(find(response, "x-ms-server-latency"));
    if (region) {
      expected.add(new Field("x-ms-keyvault-region", "westus2"));
      expected.add(
          new Field(
              "x-ms-keyvault-network-info", "conn_type=Ipv4;addr=127.0.0.1;act_addr_fam=Ipv4;"));
    }
    expected.addAll(ALWAYS);
    assertThat(response.headers()).containsExactlyElementsOf(expected);
    assertThat(find(response, "x-ms-server-latency").value()).matches("[0-9]+");
  }

  @Test
  void comeBehindThoseOfTheAnswer() {
    Response response =
        fixed.on(Response.of(503, "").with("Retry-After", "1"), TestRequests.get("/"), false);
    assertThat(response.headers().get(0)).isEqualTo(new Field("Retry-After", "1"));
  }

  @Test
  void nameTheFamilyOfTheClientsAddress() {
    Request request = TestRequests.from("2001:db8::7", TestRequests.get("/keys"));
    assertThat(find(fixed.on(Response.of(200, ""), request, true), "x-ms-keyvault-network-info"))
        .isEqualTo(
            new Field(
                "x-ms-keyvault-network-info",
                "conn_type=Ipv6;addr=2001:db8:0:0:0:0:0:7;act_addr_fam=Ipv6;"));
  }

  @Test
  void areOnAnswersToBytesThatNeverBecameARequest() {
    Response response = fixed.on(Response.of(400, ""), Verb.GET, TestRequests.ID);
    assertThat(names(response))
        .startsWith("x-ms-request-id", "x-ms-build-version", "x-ms-server-latency")
        .hasSize(8);
    assertThat(names(fixed.on(Response.of(400, ""), Verb.POST, TestRequests.ID)))
        .doesNotContain("x-ms-build-version");
  }

  private List<String> namesWhen(Map<String, List<String>> asked) {
    Request request = TestRequests.with(asked, TestRequests.get("/"));
    return names(fixed.on(Response.of(200, ""), request, true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "True", "TRUE"})
  void echoTheClientsRequestIdWhenAsked(String wish) {
    Request request =
        TestRequests.with(
            Map.of(
                "x-ms-return-client-request-id",
                List.of(wish),
                "x-ms-client-request-id",
                List.of("7f3c-1")),
            TestRequests.get("/"));
    assertThat(find(fixed.on(Response.of(404, ""), request, false), "x-ms-client-request-id"))
        .isEqualTo(new Field("x-ms-client-request-id", "7f3c-1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a\r\nSet-Cookie: x", "\u00e4", "a\u0000", "a\t"})
  void echoNothingHarmful(String id) {
    assertThat(
            namesWhen(
                Map.of(
                    "x-ms-return-client-request-id",
                    List.of("true"),
                    "x-ms-client-request-id",
                    List.of(id))))
        .doesNotContain("x-ms-client-request-id");
  }

  @Test
  void echoNothingOverlong() {
    assertThat(
            namesWhen(
                Map.of(
                    "x-ms-return-client-request-id",
                    List.of("true"),
                    "x-ms-client-request-id",
                    List.of("a".repeat(129)))))
        .doesNotContain("x-ms-client-request-id");
  }

  @Test
  void echoNothingUnasked() {
    assertThat(namesWhen(Map.of("x-ms-client-request-id", List.of("a"))))
        .doesNotContain("x-ms-client-request-id");
    assertThat(
            namesWhen(
                Map.of(
                    "x-ms-return-client-request-id",
                    List.of("false"),
                    "x-ms-client-request-id",
                    List.of("a"))))
        .doesNotContain("x-ms-client-request-id");
    assertThat(
            namesWhen(
                Map.of(
                    "x-ms-return-client-request-id",
                    List.of("true"),
                    "x-ms-client-request-id",
                    List.of("a", "b"))))
        .doesNotContain("x-ms-client-request-id");
  }
}
