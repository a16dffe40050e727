package localhsm.server.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import localhsm.problem.Problem;
import localhsm.problem.ProblemException;
import localhsm.server.http.TestRequests;
import localhsm.server.http.Verb;
import localhsm.server.pipeline.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PressedOnPurposeTest {
  private static final String HEADER = "localhsm-lab";

  private final PressedOnPurpose control = new PressedOnPurpose();

  private static Exchange exchange(Verb verb, Map<String, List<String>> fields) {
    return Exchange.of(
        TestRequests.with(fields, TestRequests.of(verb, "/_localhsm/clock", "{}")),
        TestRequests.SITE);
  }

  @Test
  void letsEverybodyRead() {
    Exchange exchange = exchange(Verb.GET, Map.of());
    assertThat(control.check(exchange)).isCompletedWithValue(exchange);
  }

  @ParameterizedTest
  @EnumSource
  void letsPassWhatHasTheHeader(Verb verb) {
    Exchange exchange = exchange(verb, Map.of(HEADER, List.of("1")));
    assertThat(control.check(exchange)).isCompletedWithValue(exchange);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "GET")
  void refusesWhatAWebPageCouldSend(Verb verb) {
    for (List<String> values : List.<List<String>>of(List.of(), List.of("0"), List.of("1", "1"))) {
      ProblemException no =
          catchThrowableOfType(
              ProblemException.class, () -> control.check(exchange(verb, Map.of(HEADER, values))));
      assertThat(no.problem().kind()).isEqualTo(Problem.Kind.FORBIDDEN);
      assertThat(no).hasMessageContaining("Localhsm-Lab: 1");
    }
  }
}
