package localhsm.server.authority;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import localhsm.server.http.Verb;
import localhsm.server.pipeline.Access;
import localhsm.server.pipeline.Exchange;
import localhsm.server.pipeline.Handler;
import localhsm.server.pipeline.Route;
import localhsm.server.pipeline.ScopeRule;

/** Everything the authority serves. None of it takes an api-version that would matter. */
public final class AuthorityRoutes {
  private static final String TENANT = "tenant";
  private static final Set<String> ANY_TENANT = Set.of("common", "organizations");

  private final AuthoritySettings settings;
  private final ClientSecrets secrets;
  private final TokenMint mint;
  private final SigningKey key;
  private final Clock clock;

  /** Serves tokens that the mint makes. */
  public AuthorityRoutes(
      AuthoritySettings settings,
      ClientSecrets secrets,
      TokenMint mint,
      SigningKey key,
      Clock clock) {
    this.settings = settings;
    this.secrets = secrets;
    this.mint = mint;
    this.key = key;
    this.clock = clock;
  }

  /** The routes of the plane. */
  public List<Route> all() {
    Discovery discovery = new Discovery(settings.tenant(), key);
    Resources resources = new Resources(settings.names(), settings.audiences());
    Handler token = new TokenHandler(resources, secrets, mint, AuthorityJson::token);
    Handler older = new TokenHandler(resources, secrets, mint, AuthorityJson::tokenVersion1);
    String document = "/.well-known/openid-configuration";
    return List.of(
        post("/{tenant}/oauth2/v2.0/token", token),
        post("/{tenant}/oauth2/token", older),
        post("/adfs/oauth2/token", token),
        get("/{tenant}/v2.0" + document, "OpenIdConfiguration", discovery::version2),
        get("/{tenant}" + document, "OpenIdConfiguration", discovery::version1),
        get("/adfs" + document, "OpenIdConfiguration", discovery::adfs),
        get("/{tenant}/discovery/v2.0/keys", "SigningKeys", exchange -> discovery.keys()),
        get("/{tenant}/discovery/keys", "SigningKeys", exchange -> discovery.keys()),
        get("/adfs/discovery/keys", "SigningKeys", exchange -> discovery.keys()),
        get("/common/discovery/instance", "InstanceDiscovery", discovery::instances),
        get(
            "/msi/token",
            "ManagedIdentityToken",
            managed(ManagedIdentityEndpoint.APP_SERVICE, resources)),
        get(
            "/metadata/identity/oauth2/token",
            "ManagedIdentityToken",
            managed(ManagedIdentityEndpoint.INSTANCE_METADATA, resources)));
  }

  private Handler managed(ManagedIdentityEndpoint endpoint, Resources resources) {
    return new ManagedIdentityHandler(endpoint, settings.identities(), resources, secrets, mint);
  }

  private Route post(String path, Handler handler) {
    return route(Verb.POST, path, "Token", handler, Set.of());
  }

  private Route get(String path, String operation, Handler handler) {
    return route(Verb.GET, path, operation, handler, ANY_TENANT);
  }

  private Route route(
      Verb verb, String path, String operation, Handler handler, Set<String> otherTenants) {
    Handler guarded =
        exchange -> {
          try {
            requireTenant(exchange, otherTenants);
            return handler.handle(exchange);
          } catch (RefusedException e) {
            return CompletableFuture.completedFuture(
                AuthorityJson.refusal(e, exchange.request(), clock));
          }
        };
    return new Route(
        verb, path, Access.ANONYMOUS, ScopeRule.ROOT, operation, Optional.empty(), guarded);
  }

  private void requireTenant(Exchange exchange, Set<String> others) {
    String named =
        exchange.routed().parameters().getOrDefault(TENANT, settings.tenant().toString());
    if (!named.equalsIgnoreCase(settings.tenant().toString()) && !others.contains(named)) {
      throw RefusedException.tenant();
    }
  }
}
