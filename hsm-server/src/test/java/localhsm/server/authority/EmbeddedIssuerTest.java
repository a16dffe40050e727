package localhsm.server.authority;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import localhsm.server.auth.Authenticator;
import localhsm.server.auth.TokenRules;
import localhsm.server.http.Headers;
import localhsm.server.http.Request;
import localhsm.server.http.Verb;
import localhsm.server.names.HostAndPort;
import localhsm.server.names.NameFamily;
import localhsm.server.names.Site;
import localhsm.server.pipeline.Exchange;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedIssuerTest {
  private final Rig rig = new Rig();
  private final EmbeddedIssuer issuer =
      new EmbeddedIssuer(SeededIdentities.TENANT, NameFamily.ALL, rig.key);
  private final Site site = site("hsm1.managedhsm.localhost:9443");

  private Site site(String host) {
    return rig.names.resolve(HostAndPort.parse(host).orElseThrow()).orElseThrow();
  }

  @Nested
  class ItsNames {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "https://sts.windows.net/53bd01c3-c5be-4250-8f5d-a35f209f8975/",
          "https://login.localhost:9443/53bd01c3-c5be-4250-8f5d-a35f209f8975/v2.0",
          "https://login.microsoftonline.com:9443/53bd01c3-c5be-4250-8f5d-a35f209f8975/v2.0",
        })
    void areThoseOfBothVersionsAndFamilies(String iss) {
      assertThat(issuer.goesBy(iss, site)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "https://sts.windows.net/53bd01c3-c5be-4250-8f5d-a35f209f8975",
          "https://login.localhost/53bd01c3-c5be-4250-8f5d-a35f209f8975/v2.0",
          "https://login.localhost:9443/53bd01c3-c5be-4250-8f5d-a35f209f8975/",
          "https://login.localhost:9443/99999999-c5be-4250-8f5d-a35f209f8975/v2.0",
          "https://evil.localhost:9443/53bd01c3-c5be-4250-8f5d-a35f209f8975/v2.0",
          "",
        })
    void areNoOthers(String iss) {
      assertThat(issuer.goesBy(iss, site)).isFalse();
    }
  }

  @Nested
  class ItsKey {
    @Test
    void isFoundByItsIdAlone() {
      String kid = rig.key.jwk().toCompletableFuture().join().getOrDefault("kid", "").toString();
      assertThat(issuer.key(kid).toCompletableFuture().join()).isPresent();
      assertThat(issuer.key(kid + "x").toCompletableFuture().join()).isEmpty();
    }
  }

  @Nested
  class ItsTokens {
    @Test
    void areAcceptedByTheHsm() {
      String token =
          Rig.json(
                  rig.post(
                      "/" + Rig.TENANT + "/oauth2/v2.0/token",
                      rig.form(
                          SeededIdentities.ADMIN, "https://managedhsm.localhost:9443/.default")))
              .get("access_token")
              .asText();
      Authenticator authenticator =
          new Authenticator(
              new TokenRules(SeededIdentities.TENANT, Set.of()), List.of(issuer), rig.clock);
      Request request =
          new Request(
              UUID.randomUUID(),
              Verb.GET,
              site.address(),
              "/keys",
              new Headers(Map.of("authorization", List.of("Bearer " + token))),
              new byte[0],
              InetSocketAddress.createUnresolved("127.0.0.1", 1),
              0);
      Exchange exchange =
          authenticator.check(Exchange.of(request, site)).toCompletableFuture().join();
      assertThat(exchange.principal().orElseThrow().id())
          .isEqualTo(SeededIdentities.ADMIN.objectId());
    }
  }
}
