package localhsm.server.roles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import localhsm.id.KeyName;
import localhsm.id.PrincipalId;
import localhsm.id.Scope;
import localhsm.problem.ProblemException;
import localhsm.rbac.AccessDecider;
import localhsm.rbac.BuiltInRoles;
import localhsm.rbac.DataAction;
import localhsm.rbac.Principal;
import localhsm.rbac.RoleAssignment;
import localhsm.server.http.Headers;
import localhsm.server.http.Request;
import localhsm.server.http.Response;
import localhsm.server.http.Verb;
import localhsm.server.names.HostAndPort;
import localhsm.server.names.HostRole;
import localhsm.server.names.NameFamily;
import localhsm.server.names.Site;
import localhsm.server.pipeline.Access;
import localhsm.server.pipeline.Exchange;
import localhsm.server.pipeline.Route;
import localhsm.server.pipeline.Router;
import localhsm.server.pipeline.ScopeRule;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LocalRbacTest {
  private final PrincipalId alice = new PrincipalId(UUID.randomUUID());
  private final AccessDecider decider = new AccessDecider();
  private final LocalRbac control = new LocalRbac(decider);

  private static Route route(Access access) {
    return new Route(
        Verb.GET,
        "/keys/{key-name}",
        access,
        ScopeRule.KEY_IN_PATH,
        "KeyGet",
        Optional.empty(),
        exchange -> CompletableFuture.completedFuture(Response.of(200, "")));
  }

  private static Exchange routed(Access access, String target) {
    HostAndPort host = new HostAndPort("hsm1.managedhsm.localhost", 9443);
    Request request =
        new Request(
            UUID.randomUUID(),
            Verb.GET,
            host,
            target,
            Headers.NONE,
            new byte[0],
            InetSocketAddress.createUnresolved("127.0.0.1", 1),
            0);
    Exchange fresh =
        Exchange.of(request, new Site(host, HostRole.HSM, NameFamily.LOCALHOST, "hsm1"));
    return new Router(List.of(route(access))).check(fresh).toCompletableFuture().join();
  }

  private Exchange asAlice(Exchange exchange) {
    return exchange.with(new Principal(alice, Set.of(), Optional.empty()));
  }

  @Nested
  class ARouteWithAnAction {
    private final Access access = Access.to(DataAction.KEYS_READ);

    @Test
    void isClosedWithoutARole() {
      assertThatThrownBy(() -> control.check(asAlice(routed(access, "/keys/k1"))))
          .isInstanceOf(ProblemException.class)
          .hasMessage(
              "Not authorized to access Microsoft.KeyVault/managedHsm/keys/read/action"
                  + " on /keys/k1");
    }

    @Test
    void isOpenAtTheScopeOfTheRole() {
      decider.replace(
          List.of(),
          List.of(
              new RoleAssignment(
                  UUID.randomUUID(),
                  Scope.key(new KeyName("k1")),
                  BuiltInRoles.CRYPTO_AUDITOR.id(),
                  alice)));
      Exchange allowed = asAlice(routed(access, "/keys/K1"));
      assertThat(control.check(allowed)).isCompletedWithValue(allowed);
      assertThatThrownBy(() -> control.check(asAlice(routed(access, "/keys/k2"))))
          .isInstanceOf(ProblemException.class);
    }

    @Test
    void isNeverReachedWithoutAPrincipal() {
      assertThatThrownBy(() -> control.check(routed(access, "/keys/k1")))
          .isInstanceOf(NoSuchElementException.class);
    }
  }

  @Nested
  class AnAnonymousRoute {
    @Test
    void isOpenToEverybody() {
      Exchange exchange = routed(Access.ANONYMOUS, "/keys/k1");
      assertThat(control.check(exchange)).isCompletedWithValue(exchange);
    }
  }
}
