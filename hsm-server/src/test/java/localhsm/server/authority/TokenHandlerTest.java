package localhsm.server.authority;

import static localhsm.server.authority.Rig.FORM;
import static localhsm.server.authority.Rig.NOW;
import static localhsm.server.authority.Rig.TENANT;
import static localhsm.server.authority.Rig.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import localhsm.server.http.Response;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenHandlerTest {
  private static final String V2 = "/" + TENANT + "/oauth2/v2.0/token";
  private static final String V1 = "/" + TENANT + "/oauth2/token";
  private static final String RESOURCE = "https%3A%2F%2Fmanagedhsm.localhost%3A9443";
  private static final String SCOPE = RESOURCE + "%2F.default";

  private final Rig rig = new Rig();
  private final Identity user = Rig.identity("user");

  private static void refused(Response response, int status, String error, int number) {
    JsonNode body = json(response);
    assertThat(response.status()).isEqualTo(status);
    assertThat(body.get("error").asText()).isEqualTo(error);
    assertThat(body.get("error_description").asText()).startsWith("AADSTS" + number + ": ");
    assertThat(body.get("error_codes").get(0).asInt()).isEqualTo(number);
    assertThat(body.get("trace_id").asText()).isEqualTo("4e3f2a10-1111-11f0-8000-010203040506");
    assertThat(body.get("timestamp").asText()).isEqualTo("2027-01-15 08:00:00Z");
    assertThat(response.headers()).contains(new Response.Field("Cache-Control", "no-store"));
  }

  @Nested
  class AClientWithItsSecret {
    @Test
    void getsAToken() {
      Response response = rig.post(V2 + "?client-request-id=1", rig.form(user, SCOPE));
      JsonNode body = json(response);
      assertThat(response.status()).isEqualTo(200);
      assertThat(body.properties().stream().map(Map.Entry::getKey))
          .containsExactly("token_type", "expires_in", "ext_expires_in", "access_token");
      assertThat(body.get("token_type").asText()).isEqualTo("Bearer");
      assertThat(body.get("expires_in").isInt()).isTrue();
      assertThat(body.get("expires_in").asInt()).isEqualTo(3600);
      assertThat(body.get("ext_expires_in").asInt()).isEqualTo(3600);
      assertThat(response.headers()).contains(new Response.Field("Cache-Control", "no-store"));
    }

    @Test
    void isNamedInTheClaims() {
      JsonNode claims =
          rig.verified(json(rig.post(V2, rig.form(user, SCOPE))).get("access_token").asText());
      String issuer = "https://sts.windows.net/" + TENANT + "/";
      assertThat(claims.get("aud").asText()).isEqualTo("https://managedhsm.localhost:9443");
      assertThat(claims.get("iss").asText()).isEqualTo(issuer);
      assertThat(claims.get("idp").asText()).isEqualTo(issuer);
      assertThat(claims.get("iat").asLong()).isEqualTo(NOW);
      assertThat(claims.get("nbf").asLong()).isEqualTo(NOW);
      assertThat(claims.get("exp").asLong()).isEqualTo(NOW + 3600);
      assertThat(claims.get("appid").asText()).isEqualTo(user.clientId().toString());
      assertThat(claims.get("appidacr").asText()).isEqualTo("1");
      assertThat(claims.get("idtyp").asText()).isEqualTo("app");
      assertThat(claims.get("oid").asText()).isEqualTo(user.objectId().toString());
      assertThat(claims.get("sub")).isEqualTo(claims.get("oid"));
      assertThat(claims.get("tid").asText()).isEqualTo(TENANT);
      assertThat(claims.get("ver").asText()).isEqualTo("1.0");
      assertThat(claims.get("uti").asText()).hasSize(22);
      assertThat(claims.has("aio")).isTrue();
      assertThat(claims.has("xms_cc")).isFalse();
      assertThat(claims.has("xms_mirid")).isFalse();
    }

    @Test
    void getsTheOldFormFromTheOldEndpoint() {
      String form = rig.form(user, "").replace("scope=", "resource=" + RESOURCE);
      JsonNode body = json(rig.post(V1, form));
      assertThat(body.get("expires_on").isTextual()).isTrue();
      assertThat(body.get("expires_on").asText()).isEqualTo(Long.toString(NOW + 3600));
      assertThat(body.get("not_before").asText()).isEqualTo(Long.toString(NOW));
      assertThat(body.get("resource").asText()).isEqualTo("https://managedhsm.localhost:9443");
      assertThat(rig.verified(body.get("access_token").asText()).get("aud"))
          .isEqualTo(body.get("resource"));
    }

    @Test
    void mayUseHttpBasic() {
      String credentials = user.clientId() + ":" + rig.secret(user);
      String basic =
          Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.US_ASCII));
      Response response =
          rig.post(
              V2,
              Map.of("content-type", FORM, "authorization", "basic " + basic),
              "grant_type=client_credentials&scope=" + SCOPE);
      assertThat(response.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/adfs/oauth2/token", "//%74enant", "/ORGANIZATIONS"})
    void mayUseTheAdfsPathButNoOtherTenant(String path) {
      String target = path.startsWith("/adfs") ? path : path + "/oauth2/v2.0/token";
      Response response = rig.post(target, rig.form(user, SCOPE));
      assertThat(response.status()).isEqualTo(path.startsWith("/adfs") ? 200 : 400);
    }

    @Test
    void mayWriteTheTenantInCapitals() {
      String target = "/" + TENANT.toUpperCase(Locale.ROOT) + "/OAuth2/v2.0/token";
      assertThat(rig.post(target, rig.form(user, SCOPE)).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
      "{\"access_token\":{\"xms_cc\":{\"values\":[\"CP1\"]}}}, true",
      "{\"access_token\":{\"xms_cc\":{\"values\":[\"cp1\"]}}}, true",
      "{\"access_token\":{\"xms_cc\":{\"values\":[]}}}, false",
      "{\"access_token\":{\"xms_cc\":{\"values\":\"CP1\"}}}, false",
      "{\"access_token\":{\"xms_cc\":null}}, false",
      "{\"access_token\":[]}, false",
      "{\"xms_cc\":{\"values\":[\"CP1\"]}}, false",
      "{}, false",
    })
    void isGivenTheCapabilityItAsksFor(String claims, boolean given) {
      String encoded = URLEncoder.encode(claims, StandardCharsets.UTF_8);
      Response response = rig.post(V2, rig.form(user, SCOPE) + "&claims=" + encoded);
      JsonNode token = rig.verified(json(response).get("access_token").asText());
      assertThat(token.path("xms_cc").path(0).asText("")).isEqualTo(given ? "CP1" : "");
    }
  }

  @Nested
  class AResource {
    @ParameterizedTest
    @CsvSource({
      "https://managedhsm.localhost:9443/.default, https://managedhsm.localhost:9443",
      "https://managedhsm.localhost:9443//.default, https://managedhsm.localhost:9443/",
      "https://managedhsm.localhost/.default, https://managedhsm.localhost",
      "https://managedhsm.azure.net/.default openid profile, https://managedhsm.azure.net",
      "openid profile https://managedhsm.azure.net/.default offline_access, https://managedhsm.azure.net",
      "https://management.azure.com//.default, https://management.azure.com/",
      "https://management.core.windows.net//.default, https://management.core.windows.net/",
      "https://management.localhost:9443/.default, https://management.localhost:9443",
      "https://example.test:9443/.default, https://example.test:9443",
      "api://configured/.default, api://configured",
    })
    void isTheAudienceExactlyAsAsked(String scope, String audience) {
      Response response = rig.post(V2, rig.form(user, scope.replace(" ", "+")));
      assertThat(response.status()).isEqualTo(200);
      assertThat(rig.verified(json(response).get("access_token").asText()).get("aud").asText())
          .isEqualTo(audience);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "https://vault.azure.net/.default",
          "https://graph.microsoft.com/.default",
          "http://managedhsm.azure.net/.default",
          "https://evilmanagedhsm.azure.net/.default",
          "https://managedhsm.azure.net.evil/.default",
          "https://managedhsm.azure.net@evil/.default",
          "https://evil@managedhsm.azure.net/.default",
          "https://managedhsm.azure.net/x/.default",
          "https://managedhsm.azure.net///.default",
          "https://managedhsm.azure.net:99999/.default",
          "https:///.default",
          "//.default",
        })
    void mustBelongToThisHsm(String scope) {
      refused(rig.post(V2, rig.form(user, scope)), 400, "invalid_resource", 500011);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "https://managedhsm.azure.net",
          "/.default",
          "https://managedhsm.azure.net/user_impersonation",
          "https://managedhsm.azure.net/.default+https://managedhsm.localhost/.default",
        })
    void isFollowedByDefault(String scope) {
      refused(rig.post(V2, rig.form(user, scope)), 400, "invalid_scope", 1002012);
    }
  }

  @Nested
  class AWrongCredential {
    @TestFactory
    Stream<DynamicTest> isRefusedInOneWay() {
      String form = rig.form(user, SCOPE);
      String secret = rig.secret(user);
      Map<String, String> rows = new LinkedHashMap<>();
      rows.put("a wrong secret", form.replace(secret, "wrong"));
      rows.put("one character less", form.replace(secret, secret.substring(1)));
      rows.put("one character more", form.replace(secret, secret + "A"));
      rows.put("another client's secret", form.replace(secret, rig.secret(Rig.identity("admin"))));
      rows.put("an unknown client", form.replace(user.clientId().toString(), TENANT));
      rows.put(
          "a client that is no GUID", form.replace(user.clientId().toString(), "%00%F0%9F%98%80"));
      rows.put(
          "an object id", form.replace(user.clientId().toString(), user.objectId().toString()));
      return rows.entrySet().stream()
          .map(
              row ->
                  dynamicTest(
                      row.getKey(),
                      () -> {
                        Response response = rig.post(V2, row.getValue());
                        refused(response, 401, "invalid_client", 7000215);
                        assertThat(response.body())
                            .isEqualTo(rig.post(V2, form.replace(secret, "x")).body());
                      }));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"", "!", "=", "dXNlcg==", "OnNlY3JldA==", "dTolJSUl", "\u00ff\u00fe", "dTpw cA"})
    void isRefusedAsBasicToo(String basic) {
      Response response =
          rig.post(
              V2,
              Map.of("content-type", FORM, "authorization", "Basic " + basic),
              "grant_type=client_credentials&scope=" + SCOPE);
      refused(response, 401, "invalid_client", 7000215);
      assertThat(response.headers())
          .contains(new Response.Field("WWW-Authenticate", "Basic realm=\"authority\""));
    }

    @Test
    void isNotMendedByARightOne() {
      String right = user.clientId() + ":" + rig.secret(user);
      String basic = Base64.getEncoder().encodeToString(right.getBytes(StandardCharsets.US_ASCII));
      Response response =
          rig.post(
              V2,
              Map.of("content-type", FORM, "authorization", "Basic " + basic),
              rig.form(Rig.identity("admin"), SCOPE));
      refused(response, 400, "invalid_request", 900023);
    }

    @Test
    void canBeMissing() {
      String form = rig.form(user, SCOPE).replaceFirst("&client_secret=[^&]*", "");
      refused(rig.post(V2, form), 401, "invalid_client", 7000218);
    }
  }

  @Nested
  class AMalformedRequest {
    @ParameterizedTest
    @ValueSource(
        strings = {"password", "refresh_token", "authorization_code", "CLIENT_CREDENTIALS"})
    void hasAnotherGrant(String grant) {
      String form = rig.form(user, SCOPE).replace("client_credentials", grant);
      refused(rig.post(V2, form), 400, "unsupported_grant_type", 70003);
    }

    @ParameterizedTest
    @ValueSource(strings = {"grant_type", "client_id", "scope"})
    void lacksAParameter(String name) {
      String form = rig.form(user, SCOPE);
      refused(
          rig.post(V2, form.replaceFirst(name + "=[^&]*&?", "")), 400, "invalid_request", 900144);
      refused(
          rig.post(V2, form.replaceFirst(name + "=[^&]*", name + "=")),
          400,
          "invalid_request",
          900144);
    }

    @TestFactory
    Stream<DynamicTest> isRefused() {
      String form = rig.form(user, SCOPE);
      Map<String, String> rows = new LinkedHashMap<>();
      rows.put("a doubled parameter", form + "&scope=" + SCOPE);
      rows.put("a doubled client", form + "&client_id=" + user.clientId());
      rows.put("a broken escape", form + "&x=%");
      rows.put("an escape of no digits", form + "&x=%zz");
      rows.put("bad UTF-8", form + "&x=%ff%fe");
      rows.put("claims with a tail", form + "&claims=%7B%7D%7B%7D");
      rows.put("many parameters", form + "&a=1".repeat(100));
      rows.put("many separators", "&".repeat(100_000));
      rows.put("claims no JSON", form + "&claims=abc");
      rows.put("claims a list", form + "&claims=%5B%5D");
      rows.put("claims deep", form + "&claims=" + "%7B%22a%22%3A".repeat(1000));
      rows.put("claims deep lists", form + "&claims=%7B%22a%22%3A" + "%5B".repeat(4000));
      return rows.entrySet().stream()
          .map(
              row ->
                  dynamicTest(
                      row.getKey(),
                      () -> refused(rig.post(V2, row.getValue()), 400, "invalid_request", 900023)));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"", "application/json", "text/plain", "multipart/form-data", ";", "x" + FORM})
    void isOfAnotherType(String type) {
      Response response = rig.post(V2, Map.of("content-type", type), rig.form(user, SCOPE));
      refused(response, 400, "invalid_request", 900023);
    }

    @Test
    void mayHoldUnknownParametersOfAnyBytes() {
      String form = rig.form(user, SCOPE) + "&%20x=\u20ac\u0000";
      assertThat(rig.post(V2, form).status()).isEqualTo(200);
    }

    @Test
    void isEmpty() {
      refused(rig.post(V2, ""), 400, "invalid_request", 900144);
    }

    @Test
    void mayNameACharset() {
      Map<String, String> headers =
          Map.of("content-type", "Application/X-WWW-Form-Urlencoded; charset=utf-8");
      assertThat(rig.post(V2, headers, rig.form(user, SCOPE)).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"common", "organizations", "consumers", "contoso.onmicrosoft.com", "%22"})
    void isForAnotherTenant(String tenant) {
      Response response = rig.post("/" + tenant + "/oauth2/v2.0/token", rig.form(user, SCOPE));
      refused(response, 400, "invalid_tenant", 90002);
      assertThat(new String(response.body(), StandardCharsets.UTF_8)).doesNotContain("contoso");
    }
  }

  @Test
  void everySeededIdentityGetsItsOwnToken() {
    List<String> oids =
        SeededIdentities.ALL.stream()
            .map(i -> json(rig.post(V2, rig.form(i, SCOPE))).get("access_token").asText())
            .map(token -> rig.verified(token).get("oid").asText())
            .toList();
    assertThat(oids)
        .containsExactlyElementsOf(
            SeededIdentities.ALL.stream().map(i -> i.objectId().toString()).toList());
  }
}
