package localhsm.server.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import localhsm.problem.Problems;
import localhsm.server.http.Response;
import localhsm.server.http.Verb;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("POST /_localhsm/reset")
class ResetHandlerTest {
  private static final String RESET = "/_localhsm/reset";

  private final LabApi api = new LabApi();

  @Test
  void removesAllKeysAndGoesBackToRealTime() {
    assertThat(api.send(Verb.PUT, "/_localhsm/clock", "{\"freeze\":5,\"tokens\":true}").status())
        .isEqualTo(200);

    Response response = api.send(Verb.POST, RESET, "");

    assertThat(response.status()).isEqualTo(204);
    assertThat(response.body()).isEmpty();
    assertThat(api.subject().asked()).containsExactly("catch up", "remove keys");
    assertThat(api.clock().instant().getEpochSecond()).isEqualTo(LabApi.START);
    assertThat(api.clock().read().tokens()).isFalse();
  }

  @Test
  void answersAfterTheKeysAreGone() {
    CompletableFuture<Void> removed = new CompletableFuture<>();
    api.subject().answerWith(removed);

    CompletableFuture<Response> answer = api.begin(Verb.POST, RESET, "").toCompletableFuture();

    assertThat(answer).isNotDone();
    removed.complete(null);
    assertThat(answer).isCompleted();
  }

  @Test
  void leavesTheClockWhenTheKeysCannotBeRemoved() {
    assertThat(api.send(Verb.PUT, "/_localhsm/clock", "{\"freeze\":5}").status()).isEqualTo(200);
    api.subject().answerWith(CompletableFuture.failedFuture(Problems.storeUnavailable()));

    assertThat(api.begin(Verb.POST, RESET, "").toCompletableFuture()).isCompletedExceptionally();
    assertThat(api.clock().instant().getEpochSecond()).isEqualTo(5);
  }
}
