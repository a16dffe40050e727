package localhsm.server.authority;

import static localhsm.server.authority.Rig.NOW;
import static localhsm.server.authority.Rig.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import localhsm.problem.ProblemException;
import localhsm.server.http.Response;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManagedIdentityHandlerTest {
  private static final String QUERY = "resource=https%3A%2F%2Fmanagedhsm.localhost%3A9443";
  private static final String APP = "/msi/token?api-version=2019-08-01&" + QUERY;
  private static final String IMDS =
      "/metadata/identity/oauth2/token/?api-version=2018-02-01&" + QUERY;
  private static final Map<String, String> MARKED = Map.of("metadata", "true");

  private final Rig rig = new Rig();

  private Response app(String target) {
    return rig.get("localhost:9443", target, Map.of("x-identity-header", rig.identityHeader()));
  }

  private Response imds(String target) {
    return rig.get("localhost:9443", target, MARKED);
  }

  private JsonNode claims(Response response) {
    assertThat(response.status()).isEqualTo(200);
    return rig.verified(json(response).get("access_token").asText());
  }

  @Nested
  class BothEndpoints {
    @Test
    void answerWithNumbersAsStrings() {
      for (Response response : List.of(app(APP), imds(IMDS))) {
        JsonNode body = json(response);
        assertThat(body.get("expires_on").isTextual()).isTrue();
        assertThat(body.get("expires_on").asText()).isEqualTo(Long.toString(NOW + 3600));
        assertThat(body.get("expires_in").asText()).isEqualTo("3600");
        assertThat(body.get("resource").asText()).isEqualTo("https://managedhsm.localhost:9443");
        assertThat(body.get("token_type").asText()).isEqualTo("Bearer");
        assertThat(response.headers()).contains(new Response.Field("Cache-Control", "no-store"));
      }
    }

    @Test
    void giveTheAdministratorWhenNobodyIsNamed() {
      String admin = SeededIdentities.ADMIN.objectId().toString();
      assertThat(claims(app(APP)).get("oid").asText()).isEqualTo(admin);
      assertThat(claims(imds(IMDS)).get("oid").asText()).isEqualTo(admin);
    }

    @Test
    void findTheIdentityByAnyOfItsIds() {
      Identity user = Rig.identity("user");
      for (String choice :
          new String[] {
            "client_id=" + user.clientId(),
            "object_id=" + user.objectId(),
            "principal_id=" + user.objectId(),
            "mi_res_id=" + user.resourceId(),
            "msi_res_id=" + user.resourceId().toUpperCase(Locale.ROOT),
            "client_id=" + user.clientId() + "&object_id=" + user.objectId(),
          }) {
        JsonNode claims = claims(imds(IMDS + "&" + choice));
        assertThat(claims.get("oid").asText()).isEqualTo(user.objectId().toString());
        assertThat(claims.get("xms_mirid").asText()).isEqualTo(user.resourceId());
        assertThat(claims.get("appidacr").asText()).isEqualTo("2");
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"client_id=x", "object_id=", "mi_res_id=%2F", "client_id=%F0%9F%98%80"})
    void knowNobodyElse(String choice) {
      assertThat(imds(IMDS + "&" + choice).status()).isEqualTo(400);
      assertThat(app(APP + "&" + choice).status()).isEqualTo(400);
    }

    @Test
    void refuseIdsOfTwoIdentities() {
      String choice =
          "&client_id="
              + Rig.identity("user").clientId()
              + "&object_id="
              + Rig.identity("officer").objectId();
      assertThat(imds(IMDS + choice).status()).isEqualTo(400);
    }

    @Test
    void refuseADoubledParameter() {
      assertThatThrownBy(() -> imds(IMDS + "&resource=x"))
          .hasCauseInstanceOf(ProblemException.class);
    }
  }

  @Nested
  class AppService {
    @ParameterizedTest
    @ValueSource(strings = {"", "x", "true"})
    void wantsItsHeader(String value) {
      Response response = rig.get("localhost:9443", APP, Map.of("x-identity-header", value));
      assertThat(response.status()).isEqualTo(401);
      assertThat(json(response).get("statusCode").asInt()).isEqualTo(401);
      assertThat(rig.get("localhost:9443", APP, MARKED).status()).isEqualTo(401);
    }

    @Test
    void refusesInItsOwnForm() {
      for (String target :
          new String[] {
            "/msi/token",
            "/msi/token?resource=",
            "/msi/token?resource=https://vault.azure.net",
            APP + "&client_id=x"
          }) {
        Response response = app(target);
        assertThat(response.status()).isEqualTo(400);
        assertThat(json(response).get("statusCode").asInt()).isEqualTo(400);
        assertThat(json(response).get("message").asText()).isNotEmpty();
        assertThat(json(response).has("error")).isFalse();
      }
    }
  }

  @Nested
  class InstanceMetadata {
    @Test
    void wantsItsHeader() {
      for (Map<String, String> headers :
          List.of(
              Map.<String, String>of(),
              Map.of("metadata", "false"),
              Map.of("metadata", "true", "x-forwarded-for", "10.0.0.1"))) {
        Response response = rig.get("localhost:9443", IMDS, headers);
        assertThat(response.status()).isEqualTo(400);
        assertThat(json(response).get("error").asText()).isEqualTo("invalid_request");
        assertThat(json(response).get("error_description").asText())
            .isEqualTo("Required metadata header not specified");
      }
    }

    @Test
    void refusesInItsOwnForm() {
      Response unknown = imds(IMDS + "&client_id=x");
      assertThat(json(unknown).get("error_description").asText()).isEqualTo("Identity not found");
      Response vault =
          imds("/metadata/identity/oauth2/token?resource=https%3A%2F%2Fvault.azure.net");
      assertThat(vault.status()).isEqualTo(400);
      assertThat(json(vault).get("error").asText()).isEqualTo("invalid_resource");
    }
  }
}
