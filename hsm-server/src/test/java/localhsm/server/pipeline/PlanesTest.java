package localhsm.server.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import localhsm.problem.Problem;
import localhsm.problem.ProblemException;
import localhsm.server.http.Request;
import localhsm.server.http.Response;
import localhsm.server.http.TestRequests;
import localhsm.server.http.Verb;
import localhsm.server.names.NameFamily;
import localhsm.server.names.ServedNames;
import localhsm.server.pipeline.Planes.Plane;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanesTest {
  private static final Plane DATA = plane("/keys");
  private static final Plane AUTHORITY = plane("/{tenant}/oauth2/v2.0/token");
  private static final Plane MANAGEMENT = plane("/subscriptions/{id}");
  private static final Plane LAB = plane("/_localhsm/health");
  private static final Map<Plane, String> LABELS =
      Map.of(DATA, "data", AUTHORITY, "authority", MANAGEMENT, "management", LAB, "lab");

  private final Planes planes =
      new Planes(
          new ServedNames("hsm1", NameFamily.ALL, Set.of("hsm.example.test")),
          DATA,
          AUTHORITY,
          MANAGEMENT,
          LAB);

  private static Plane plane(String path) {
    Router router =
        new Router(
            List.of(
                new Route(
                    Verb.POST,
                    path,
                    Access.ANONYMOUS,
                    ScopeRule.ROOT,
                    "x",
                    Optional.empty(),
                    exchange -> CompletableFuture.completedStage(Response.of(200, "")))));
    return new Plane(router, List.of(router));
  }

  private Plane select(String host, String target) {
    Request request = TestRequests.under(host, TestRequests.get(target));
    return planes.select(planes.site(request), request);
  }

  private Problem refusal(String host, String target) {
    return catchThrowableOfType(ProblemException.class, () -> select(host, target)).problem();
  }

  @ParameterizedTest
  @CsvSource({
    "hsm1.managedhsm.localhost:9443, /keys, data",
    "HSM1.managedhsm.LOCALHOST, /t/oauth2/v2.0/token, data",
    "hsm1.managedhsm.azure.net, /subscriptions/s, data",
    "hsm.example.test, /keys, data",
    "login.localhost:9443, /keys, authority",
    "login.microsoftonline.com, /anything, authority",
    "management.localhost, /keys, management",
    "management.azure.com, /keys, management",
    "localhost:9443, /keys/a, data",
    "localhost:9443, /nothing, data",
    "localhost:9443, /t/oauth2/v2.0/token, authority",
    "localhost:9443, /t//OAuth2/v2.0/token?x, authority",
    "localhost:9443, /subscriptions/s, management",
    "127.0.0.1, /subscriptions/s, management",
    "127.1.2.3, /keys, data",
    "[::1]:9443, /keys, data",
    "localhost, /_localhsm/health, lab",
    "localhost, /_LOCALHSM/x, lab",
    "hsm1.managedhsm.azure.net, /_localhsm/health, lab",
    "login.localhost, /_localhsm/health?x=1, lab",
    "other.managedhsm.localhost, /_localhsm/health, lab",
    "localhost, /_localhsm, data",
    "localhost, //_localhsm/health, data",
    "localhost, /x/_localhsm/health, data"
  })
  void areChosenByHostAndPath(String host, String target, String plane) {
    assertThat(LABELS.get(select(host, target))).isEqualTo(plane);
  }

  @ParameterizedTest
  @ValueSource(strings = {"example.test", "localhost.example.test", "10.0.0.1", "[::2]", "azure"})
  void refuseAHostThatIsNoneOfOurs(String host) {
    assertThat(refusal(host, "/keys").kind()).isEqualTo(Problem.Kind.BAD_PARAMETER);
    assertThat(refusal(host, "/_localhsm/health").kind()).isEqualTo(Problem.Kind.BAD_PARAMETER);
  }

  @Test
  void nameTheServedHsmUnderAForeignName() {
    Problem no = refusal("other.managedhsm.localhost:9443", "/keys");
    assertThat(no.kind()).isEqualTo(Problem.Kind.NOT_FOUND);
    assertThat(no.message()).contains("https://hsm1.managedhsm.localhost:9443");
  }

  @Test
  void haveTheirRouterAmongTheirControls() {
    Router router = new Router(List.of());
    assertThatIllegalArgumentException().isThrownBy(() -> new Plane(router, List.of()));
  }
}
