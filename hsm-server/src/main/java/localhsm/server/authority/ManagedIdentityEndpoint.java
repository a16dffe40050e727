package localhsm.server.authority;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import localhsm.server.http.Headers;
import localhsm.server.http.Response;

/** The two places where Azure's hosts hand out tokens of managed identities. */
enum ManagedIdentityEndpoint {
  /** App Service: the caller knows a secret that only the application's environment holds. */
  APP_SERVICE {
    @Override
    Optional<Response> refuse(Headers headers, ClientSecrets secrets) {
      boolean known =
          headers.single("x-identity-header").filter(secrets::isIdentityHeader).isPresent();
      return known
          ? Optional.empty()
          : Optional.of(
              AuthorityJson.answer(401, Map.of("statusCode", 401, "message", "Unauthorized")));
    }

    @Override
    Response refuse(String error, String sentence, UUID activity) {
      return AuthorityJson.answer(
          400,
          Map.of("statusCode", 400, "message", sentence, "correlationId", activity.toString()));
    }
  },

  /** The instance metadata service: a header that no web page and no careless proxy sends. */
  INSTANCE_METADATA {
    @Override
    Optional<Response> refuse(Headers headers, ClientSecrets secrets) {
      boolean marked = headers.single("metadata").filter("true"::equalsIgnoreCase).isPresent();
      boolean forwarded = !headers.all("x-forwarded-for").isEmpty();
      return marked && !forwarded
          ? Optional.empty()
          : Optional.of(error("invalid_request", "Required metadata header not specified"));
    }

    @Override
    Response refuse(String error, String sentence, UUID activity) {
      return error(error, sentence);
    }

    private Response error(String error, String sentence) {
      return AuthorityJson.answer(400, Map.of("error", error, "error_description", sentence));
    }
  };

  /** The refusal of a caller that lacks the endpoint's header. */
  abstract Optional<Response> refuse(Headers headers, ClientSecrets secrets);

  /** A 400 in the endpoint's own form. */
  abstract Response refuse(String error, String sentence, UUID activity);
}
