package localhsm.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.exception.HttpResponseException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What a client learns of a refusal. */
final class Refusals {
  private Refusals() {}

  /** The call fails with this status and code. */
  static void refused(int status, String code, ThrowingCallable call) {
    assertThatThrownBy(call).satisfies(refused -> is(refused, status, code));
  }

  static void is(Throwable refused, int status, String code) {
    assertThat(refused).isInstanceOf(HttpResponseException.class);
    HttpResponseException answer = (HttpResponseException) refused;
    assertThat(answer.getResponse().getStatusCode()).as(answer.getMessage()).isEqualTo(status);
    assertThat(answer.getMessage()).contains("\"code\":\"" + code + "\"");
  }
}
