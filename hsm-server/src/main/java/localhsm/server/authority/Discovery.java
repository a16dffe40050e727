package localhsm.server.authority;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import localhsm.id.TenantId;
import localhsm.server.http.Response;
import localhsm.server.names.HostRole;
import localhsm.server.names.NameFamily;
import localhsm.server.names.Site;
import localhsm.server.pipeline.Exchange;

/**
 * What clients read before they ask for a token: OpenID Connect Discovery 1.0, the key set (RFC
 * 7517 5) and Microsoft's instance discovery. All names stay within the family asked for.
 */
final class Discovery {
  private final TenantId tenant;
  private final SigningKey key;

  Discovery(TenantId tenant, SigningKey key) {
    this.tenant = tenant;
    this.key = key;
  }

  CompletionStage<Response> version2(Exchange exchange) {
    String base = base(exchange.site()) + "/" + tenant;
    return document(base + "/v2.0", base + "/oauth2/v2.0", base + "/discovery/v2.0/keys");
  }

  CompletionStage<Response> version1(Exchange exchange) {
    String base = base(exchange.site()) + "/" + tenant;
    return document(EmbeddedIssuer.version1(tenant), base + "/oauth2", base + "/discovery/keys");
  }

  CompletionStage<Response> adfs(Exchange exchange) {
    String base = base(exchange.site()) + "/adfs";
    return document(base, base + "/oauth2", base + "/discovery/keys");
  }

  CompletionStage<Response> keys() {
    return key.jwk().thenApply(jwk -> AuthorityJson.answer(200, Map.of("keys", List.of(jwk))));
  }

  CompletionStage<Response> instances(Exchange exchange) {
    String base = base(exchange.site());
    String host = base.substring("https://".length());
    boolean publicCloud = host.equals(NameFamily.AZURE.authority());
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("preferred_network", host);
    metadata.put("preferred_cache", publicCloud ? "login.windows.net" : host);
    metadata.put(
        "aliases",
        publicCloud
            ? List.of(host, "login.windows.net", "login.microsoft.com", "sts.windows.net")
            : List.of(host, host.replaceFirst(":[0-9]+$", "")).stream().distinct().toList());
    Map<String, Object> members = new LinkedHashMap<>();
    members.put(
        "tenant_discovery_endpoint",
        base + "/" + tenant + "/v2.0/.well-known/openid-configuration");
    members.put("api-version", "1.1");
    members.put("metadata", List.of(metadata));
    return CompletableFuture.completedFuture(AuthorityJson.answer(200, members));
  }

  /** Clients demand that the issuer's host is the one they asked. */
  private static String base(Site site) {
    return site.role() == HostRole.LOOPBACK ? site.base() : site.authority();
  }

  private static CompletionStage<Response> document(String issuer, String oauth, String keys) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("issuer", issuer);
    members.put("authorization_endpoint", oauth + "/authorize");
    members.put("token_endpoint", oauth + "/token");
    members.put("device_authorization_endpoint", oauth + "/devicecode");
    members.put("jwks_uri", keys);
    members.put(
        "token_endpoint_auth_methods_supported",
        List.of("client_secret_post", "client_secret_basic"));
    members.put("grant_types_supported", List.of("client_credentials"));
    members.put("response_types_supported", List.of("code"));
    members.put("response_modes_supported", List.of("query"));
    members.put("subject_types_supported", List.of("pairwise"));
    members.put("id_token_signing_alg_values_supported", List.of("RS256"));
    members.put("scopes_supported", List.of("openid"));
    members.put(
        "claims_supported", List.of("sub", "iss", "aud", "exp", "iat", "nbf", "tid", "ver"));
    members.put("request_uri_parameter_supported", false);
    return CompletableFuture.completedFuture(AuthorityJson.answer(200, members));
  }
}
