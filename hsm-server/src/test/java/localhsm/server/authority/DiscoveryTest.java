package localhsm.server.authority;

import static localhsm.server.authority.Rig.TENANT;
import static localhsm.server.authority.Rig.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import localhsm.server.http.Response;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiscoveryTest {
  private static final String DOCUMENT = "/v2.0/.well-known/openid-configuration";

  private final Rig rig = new Rig();

  private JsonNode get(String host, String target) {
    Response response = rig.get(host, target, Map.of());
    assertThat(response.status()).isEqualTo(200);
    return json(response);
  }

  @Nested
  class TheOpenIdDocument {
    @ParameterizedTest
    @CsvSource({
      "login.localhost:9443, https://login.localhost:9443",
      "localhost:9443, https://localhost:9443",
      "127.0.0.1:9443, https://127.0.0.1:9443",
      "[::1]:9443, https://[::1]:9443",
      "login.microsoftonline.com, https://login.microsoftonline.com",
    })
    void staysOnTheHostAsked(String host, String origin) {
      JsonNode document = get(host, "/" + TENANT + DOCUMENT);
      String base = origin + "/" + TENANT;
      assertThat(document.get("issuer").asText()).isEqualTo(base + "/v2.0");
      assertThat(document.get("token_endpoint").asText()).isEqualTo(base + "/oauth2/v2.0/token");
      assertThat(document.get("authorization_endpoint").asText())
          .isEqualTo(base + "/oauth2/v2.0/authorize");
      assertThat(document.get("device_authorization_endpoint").asText())
          .isEqualTo(base + "/oauth2/v2.0/devicecode");
      assertThat(document.get("jwks_uri").asText()).isEqualTo(base + "/discovery/v2.0/keys");
      assertThat(document.get("id_token_signing_alg_values_supported").get(0).asText())
          .isEqualTo("RS256");
    }

    @ParameterizedTest
    @ValueSource(strings = {"common", "organizations"})
    void leadsFromTheSharedNamesToTheTenant(String name) {
      assertThat(get(Rig.LOGIN, "/" + name + DOCUMENT))
          .isEqualTo(get(Rig.LOGIN, "/" + TENANT + DOCUMENT));
    }

    @Test
    void namesEndpointsThatExist() {
      for (String target :
          List.of(
              "/" + TENANT + DOCUMENT,
              "/" + TENANT + "/.well-known/openid-configuration",
              "/adfs/.well-known/openid-configuration")) {
        JsonNode document = get(Rig.LOGIN, target);
        assertThat(get(Rig.LOGIN, path(document.get("jwks_uri"))).get("keys")).hasSize(1);
        Response token =
            rig.post(
                path(document.get("token_endpoint")),
                rig.form(SeededIdentities.ADMIN, "https://managedhsm.localhost:9443/.default"));
        assertThat(token.status()).isEqualTo(200);
      }
    }

    @Test
    void ofVersion1NamesTheIssuerOfTheTokens() {
      assertThat(get(Rig.LOGIN, "/common/.well-known/openid-configuration").get("issuer").asText())
          .isEqualTo("https://sts.windows.net/" + TENANT + "/");
    }

    @Test
    void isNotThereForOtherTenants() {
      Response response =
          rig.get(Rig.LOGIN, "/99999999-1f4f-4f6c-8f0d-6b7f0f4bb1c2" + DOCUMENT, Map.of());
      assertThat(response.status()).isEqualTo(400);
      assertThat(json(response).get("error").asText()).isEqualTo("invalid_tenant");
    }

    private String path(JsonNode url) {
      return url.asText().substring("https://login.localhost:9443".length());
    }
  }

  @Nested
  class TheKeySet {
    @Test
    void holdsThePublicKeyAlone() {
      JsonNode key = get(Rig.LOGIN, "/common/discovery/keys").get("keys").get(0);
      List<String> names = new ArrayList<>();
      key.fieldNames().forEachRemaining(names::add);
      assertThat(names).containsExactlyInAnyOrder("kty", "use", "alg", "kid", "n", "e");
      assertThat(key.get("kid").asText()).hasSize(43);
    }
  }

  @Nested
  class InstanceDiscovery {
    private static final String TARGET =
        "/common/discovery/instance?api-version=1.1&authorization_endpoint=https%3A%2F%2Fx";

    @Test
    void answersForThePublicCloudAsItDoes() {
      assertThat(get("login.microsoftonline.com", TARGET).toString())
          .isEqualTo(
              "{\"tenant_discovery_endpoint\":\"https://login.microsoftonline.com/"
                  + TENANT
                  + "/v2.0/.well-known/openid-configuration\",\"api-version\":\"1.1\","
                  + "\"metadata\":[{\"preferred_network\":\"login.microsoftonline.com\","
                  + "\"preferred_cache\":\"login.windows.net\","
                  + "\"aliases\":[\"login.microsoftonline.com\",\"login.windows.net\","
                  + "\"login.microsoft.com\",\"sts.windows.net\"]}]}");
    }

    @Test
    void answersWithItsOwnNamesElsewhere() {
      JsonNode metadata = get(Rig.LOGIN, TARGET).get("metadata").get(0);
      assertThat(metadata.get("preferred_cache").asText()).isEqualTo("login.localhost:9443");
      assertThat(metadata.get("aliases").toString())
          .isEqualTo("[\"login.localhost:9443\",\"login.localhost\"]");
    }
  }
}
