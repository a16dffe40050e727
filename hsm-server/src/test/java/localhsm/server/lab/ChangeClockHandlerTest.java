package localhsm.server.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import localhsm.problem.Problem;
import localhsm.problem.ProblemException;
import localhsm.problem.Problems;
import localhsm.server.http.Response;
import localhsm.server.http.Verb;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("PUT /_localhsm/clock")
class ChangeClockHandlerTest {
  private static final String CLOCK = "/_localhsm/clock";

  private final LabApi api = new LabApi();

  private String put(String body) {
    Response response = api.send(Verb.PUT, CLOCK, body);
    assertThat(response.status()).isEqualTo(200);
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"freeze\":5}                  | {\"frozen\":true,\"now\":5,\"offset\":-1789999995,\"tokens\":false}",
        "{\"set\":1790000100}            | {\"frozen\":false,\"now\":1790000100,\"offset\":100,\"tokens\":false}",
        "{\"advance\":60}                | {\"frozen\":false,\"now\":1790000060,\"offset\":60,\"tokens\":false}",
        "{\"advance\":-60}               | {\"frozen\":false,\"now\":1789999940,\"offset\":-60,\"tokens\":false}",
        "{\"resume\":true}               | {\"frozen\":false,\"now\":1790000000,\"offset\":0,\"tokens\":false}",
        "{\"advance\":60,\"tokens\":true}| {\"frozen\":false,\"now\":1790000060,\"offset\":60,\"tokens\":true}",
        "{\"set\":null,\"advance\":0}    | {\"frozen\":false,\"now\":1790000000,\"offset\":0,\"tokens\":false}",
      })
  void takesOneOfFourForms(String body, String answer) {
    assertThat(put(body)).isEqualTo(answer);
    assertThat(new String(api.send(Verb.GET, CLOCK, "").body(), StandardCharsets.UTF_8))
        .isEqualTo(answer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "7",
        "{\"tokens\":true}",
        "{\"freeze\":1,\"set\":1}",
        "{\"advance\":1,\"resume\":true}",
        "{\"freeze\":null}",
        "{\"freeze\":\"1\"}",
        "{\"freeze\":1.5}",
        "{\"freeze\":true}",
        "{\"freeze\":-1}",
        "{\"set\":253402300800}",
        "{\"set\":99999999999999999999}",
        "{\"advance\":9223372036854775807}",
        "{\"advance\":\"P1D\"}",
        "{\"resume\":false}",
        "{\"resume\":1}",
        "{\"advance\":1,\"tokens\":\"yes\"}",
        "{\"advance\":1,\"advance\":2}",
      })
  void refusesAllElseAndChangesNothing(String body) {
    ProblemException no =
        catchThrowableOfType(ProblemException.class, () -> api.begin(Verb.PUT, CLOCK, body));

    assertThat(no.problem().kind()).isEqualTo(Problem.Kind.BAD_PARAMETER);
    assertThat(api.clock().instant().getEpochSecond()).isEqualTo(LabApi.START);
    assertThat(api.subject().asked()).isEmpty();
  }

  @Test
  void answersAfterWhatBecameDueIsDone() {
    CompletableFuture<Void> due = new CompletableFuture<>();
    api.subject().answerWith(due);

    CompletableFuture<Response> answer =
        api.begin(Verb.PUT, CLOCK, "{\"advance\":60}").toCompletableFuture();

    assertThat(api.subject().asked()).containsExactly("catch up");
    assertThat(api.clock().read().offsetSeconds()).isEqualTo(60);
    assertThat(answer).isNotDone();
    due.complete(null);
    assertThat(answer).isCompleted();
  }

  @Test
  void saysWhenWhatBecameDueCouldNotBeDone() {
    api.subject().answerWith(CompletableFuture.failedFuture(Problems.storeUnavailable()));

    assertThat(api.begin(Verb.PUT, CLOCK, "{\"advance\":60}").toCompletableFuture())
        .isCompletedExceptionally();
  }
}
