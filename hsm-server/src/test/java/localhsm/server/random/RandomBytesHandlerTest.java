package localhsm.server.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import localhsm.problem.Problem;
import localhsm.problem.ProblemException;
import localhsm.rbac.DataAction;
import localhsm.server.http.Response;
import localhsm.server.http.TestRequests;
import localhsm.server.http.Verb;
import localhsm.server.pipeline.ApiVersion;
import localhsm.server.pipeline.Exchange;
import localhsm.server.pipeline.Route;
import localhsm.server.pipeline.ScopeRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RandomBytesHandlerTest {
  private static final Pattern ANSWER = Pattern.compile("\\{\"value\":\"([A-Za-z0-9_-]+)\"}");

  private final Route route = RandomRoutes.of(new SecureRandom()).get(0);

  private byte[] bytes(String body) {
    Response response =
        CompletableFuture.completedStage(
                Exchange.of(TestRequests.post("/rng", body), TestRequests.SITE))
            .thenCompose(route.handler()::handle)
            .toCompletableFuture()
            .join();
    assertThat(response.status()).isEqualTo(200);
    Matcher answer = ANSWER.matcher(new String(response.body(), StandardCharsets.UTF_8));
    assertThat(answer.matches()).isTrue();
    return Base64.getUrlDecoder().decode(answer.group(1));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 32, 127, 128})
  void givesAsManyBytesAsAsked(int count) {
    assertThat(bytes("{\"count\":" + count + "}")).hasSize(count);
  }

  @Test
  void givesOthersEveryTime() {
    assertThat(bytes("{\"count\":32}")).isNotEqualTo(bytes("{\"count\":32}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"count\":null}",
        "{\"count\":0}",
        "{\"count\":-1}",
        "{\"count\":129}",
        "{\"count\":1.0}",
        "{\"count\":1e1}",
        "{\"count\":\"1\"}",
        "{\"count\":true}",
        "{\"count\":[1]}",
        "{\"count\":4294967297}",
        "{\"count\":1,\"count\":1}"
      })
  void refusesAnyOtherCount(String body) {
    assertThat(catchThrowable(() -> bytes(body)).getCause())
        .isInstanceOfSatisfying(
            ProblemException.class,
            no -> assertThat(no.problem().kind()).isEqualTo(Problem.Kind.BAD_PARAMETER));
  }

  @Test
  void isForThoseWhoMayAskTheWholeHsm() {
    assertThat(RandomRoutes.of(new SecureRandom())).hasSize(1);
    assertThat(route.verb()).isEqualTo(Verb.POST);
    assertThat(route.path()).isEqualTo("/rng");
    assertThat(route.access().action()).contains(DataAction.RNG);
    assertThat(route.scope()).isEqualTo(ScopeRule.ROOT);
    assertThat(route.since()).contains(ApiVersion.V7_3);
  }
}
