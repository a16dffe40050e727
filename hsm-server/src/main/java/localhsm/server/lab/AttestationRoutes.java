package localhsm.server.lab;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import localhsm.server.http.Response;
import localhsm.server.http.Verb;
import localhsm.server.pipeline.Access;
import localhsm.server.pipeline.Handler;
import localhsm.server.pipeline.Route;
import localhsm.server.pipeline.ScopeRule;
import localhsm.server.release.SigningIdentity;

/**
 * The routes of the mock attestation authority, which stands in for Azure Attestation: discovery,
 * keys, and tokens for whoever asks.
 */
public final class AttestationRoutes {
  private AttestationRoutes() {}

  /**
   * All of them.
   *
   * @param identity signs the tokens
   * @param clock the real one: tokens are judged by it
   */
  public static List<Route> of(SigningIdentity identity, SecureRandom random, Clock clock) {
    return List.of(
        route(
            Verb.GET,
            "/.well-known/openid-configuration",
            "LabAttestationDiscovery",
            exchange ->
                CompletableFuture.completedStage(
                    Response.ok(
                        AttestationJson.discovery(AttestationAuthority.issuer(exchange.site()))))),
        route(
            Verb.GET,
            "/keys",
            "LabAttestationKeys",
            exchange ->
                identity.key().thenApply(key -> Response.ok(AttestationJson.keys(key.jwk())))),
        route(
            Verb.POST,
            "/mint",
            "LabAttestationMint",
            new AttestationMintHandler(identity, random, clock)));
  }

  private static Route route(Verb verb, String path, String name, Handler handler) {
    return new Route(
        verb,
        AttestationAuthority.PATH + path,
        Access.ANONYMOUS,
        ScopeRule.ROOT,
        name,
        Optional.empty(),
        handler);
  }
}
