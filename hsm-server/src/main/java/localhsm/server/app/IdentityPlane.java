package localhsm.server.app;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import localhsm.rbac.AccessDecider;
import localhsm.secret.SecretBytes;
import localhsm.server.auth.Authenticator;
import localhsm.server.auth.TokenRules;
import localhsm.server.auth.TrustedIssuer;
import localhsm.server.authority.AuthorityRoutes;
import localhsm.server.authority.AuthoritySettings;
import localhsm.server.authority.ClientSecrets;
import localhsm.server.authority.EmbeddedIssuer;
import localhsm.server.authority.KeptSecrets;
import localhsm.server.authority.SeededIdentities;
import localhsm.server.authority.SigningKey;
import localhsm.server.authority.TokenMint;
import localhsm.server.config.ServerConfig;
import localhsm.server.names.ServedNames;
import localhsm.server.pipeline.Route;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may ask, and what they may do: the embedded authority with its identities, the check of
 * tokens, and the decision of roles.
 */
record IdentityPlane(
    List<Route> authorityRoutes,
    Authenticator authenticator,
    AccessDecider decider,
    ClientSecrets secrets,
    SigningKey signingKey) {

  private static final Logger LOG = LoggerFactory.getLogger(IdentityPlane.class);

  static IdentityPlane of(ServerConfig config, ServedNames names, Core core, KeptSecrets kept) {
    Set<String> audiences = Set.copyOf(config.tokens().audiences());
    SigningKey key = new SigningKey(kept, core.random(), core.pools().cpu());
    ClientSecrets secrets =
        ClientSecrets.open(
            SeededIdentities.ALL,
            config.authority().clientSecret().map(SecretBytes::copy),
            kept,
            core.random());
    boolean enabled = config.authority().enabled();
    List<TrustedIssuer> issuers =
        enabled
            ? List.of(new EmbeddedIssuer(config.hsm().tenant(), names.families(), key))
            : List.of();
    AccessDecider decider = new AccessDecider();
    decider.replace(List.of(), enabled ? SeededIdentities.assignments() : List.of());
    return new IdentityPlane(
        enabled ? routes(config, names, core, secrets, key) : List.of(),
        new Authenticator(
            new TokenRules(config.hsm().tenant(), audiences), issuers, core.labClock().tokens()),
        decider,
        secrets,
        key);
  }

  private static List<Route> routes(
      ServerConfig config, ServedNames names, Core core, ClientSecrets secrets, SigningKey key) {
    AuthoritySettings settings =
        new AuthoritySettings(
            config.hsm().tenant(),
            names,
            Set.copyOf(config.tokens().audiences()),
            SeededIdentities.ALL);
    Clock clock = core.labClock().tokens();
    TokenMint mint = new TokenMint(config.hsm().tenant(), key, clock, core.random());
    return new AuthorityRoutes(settings, secrets, mint, key, clock).all();
  }

  /** Makes the signing key in the background, so that the first token need not wait for it. */
  void prepare() {
    signingKey
        .prepare()
        .exceptionally(
            failure -> {
              LOG.warn("The authority's signing key could not be made: {}", failure.toString());
              return null;
            });
  }
}
