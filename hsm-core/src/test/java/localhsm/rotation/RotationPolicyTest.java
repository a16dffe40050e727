package localhsm.rotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import localhsm.problem.ProblemException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RotationPolicyTest {
  private static final Instant MADE = Instant.parse("2027-01-15T08:00:00Z");

  private static Optional<Lifespan> span(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(Lifespan.parse(text));
  }

  private static RotationPolicy.Action action(String type, String afterCreate, String before) {
    return new RotationPolicy.Action(type, span(afterCreate), span(before));
  }

  private static RotationPolicy policy(String afterCreate, String beforeExpiry, String expiry) {
    return RotationPolicy.of(List.of(action("Rotate", afterCreate, beforeExpiry)), span(expiry));
  }

  private static String refusal(ThrowingCallable making) {
    return catchThrowableOfType(ProblemException.class, making).problem().message();
  }

  @Nested
  class APolicy {
    @ParameterizedTest
    @CsvSource({
      "P28D, '', ''",
      "P1M, '', P2M",
      "P4W, '', P28D",
      "P90D, '', P90D",
      "'', P30D, P58D",
      "'', P30D, ''",
      "'', P1D, P29D",
      "'', P11M, P1Y"
    })
    void hasOneTriggerThatKeepsTheFloors(String afterCreate, String beforeExpiry, String expiry) {
      RotationPolicy policy = policy(afterCreate, beforeExpiry, expiry);
      assertThat(policy.timeAfterCreate()).isEqualTo(span(afterCreate));
      assertThat(policy.timeBeforeExpiry()).isEqualTo(span(beforeExpiry));
      assertThat(policy.expiryTime()).isEqualTo(span(expiry));
      assertThat(policy.blank()).isFalse();
      assertThat(policy.created()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Rotate", "rotate", "ROTATE", "rOtAtE"})
    void rotatesInAnySpelling(String type) {
      assertThat(
              RotationPolicy.of(List.of(action(type, "P90D", "")), Optional.empty())
                  .timeAfterCreate())
          .isEqualTo(span("P90D"));
    }

    @Test
    void mayOnlySayHowLongARotatedKeyLives() {
      RotationPolicy policy = RotationPolicy.of(List.of(), span("P2Y"));
      assertThat(policy.blank()).isFalse();
      assertThat(policy.due(MADE, Optional.of(MADE))).isEmpty();
    }

    @Test
    void isBlankWithoutActionsAndExpiry() {
      assertThat(RotationPolicy.of(List.of(), Optional.empty())).isEqualTo(RotationPolicy.BLANK);
      assertThat(RotationPolicy.BLANK.blank()).isTrue();
    }

    @Test
    void knowsWhenItWasStored() {
      RotationPolicy stored = policy("P90D", "", "P1Y").stored(MADE, MADE.plusSeconds(1));
      assertThat(stored.created()).contains(MADE);
      assertThat(stored.updated()).contains(MADE.plusSeconds(1));
      assertThat(stored.timeAfterCreate()).isEqualTo(span("P90D"));
      assertThat(stored.expiryTime()).isEqualTo(span("P1Y"));
    }
  }

  @Nested
  class IsRefused {
    @ParameterizedTest
    @CsvSource({
      "P27D, '', '', Property timeAfterCreate must be at least P28D.",
      "PT48H, '', '', Property timeAfterCreate must be at least P28D.",
      "P90D, '', P27D, Property expiryTime must be at least P28D.",
      "'', P30D, P57D, Property timeBeforeExpiry must be at least 28 days shorter than expiryTime.",
      "'', P1D, P28D, Property timeBeforeExpiry must be at least 28 days shorter than expiryTime.",
      "'', P99Y11M, P36493D, Property timeBeforeExpiry must be at least 28 days shorter than expiryTime.",
      "P90D, P30D, P1Y, A trigger has either timeAfterCreate or timeBeforeExpiry.",
      "'', '', P1Y, A trigger needs timeAfterCreate or timeBeforeExpiry."
    })
    void forItsTimes(String afterCreate, String beforeExpiry, String expiry, String text) {
      assertThat(refusal(() -> policy(afterCreate, beforeExpiry, expiry))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Notify", "notify", "NOTIFY"})
    void whenItNotifies(String type) {
      assertThat(
              refusal(() -> RotationPolicy.of(List.of(action(type, "", "P30D")), Optional.empty())))
          .isEqualTo("The action Notify is not supported by Managed HSM.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Rotate ", "Delete"})
    void whenItDoesAnythingElse(String type) {
      assertThatThrownBy(
              () -> RotationPolicy.of(List.of(action(type, "P90D", "")), Optional.empty()))
          .isInstanceOf(ProblemException.class)
          .hasMessage("The type of a lifetime action must be Rotate.");
    }

    @Test
    void withTwoActions() {
      RotationPolicy.Action rotate = action("Rotate", "P90D", "");
      assertThatThrownBy(() -> RotationPolicy.of(List.of(rotate, rotate), Optional.empty()))
          .isInstanceOf(ProblemException.class);
    }
  }

  @Nested
  class IsDue {
    @Test
    void afterCreation() {
      assertThat(policy("P18M", "", "").due(MADE, Optional.empty()))
          .contains(Instant.parse("2028-07-15T08:00:00Z"));
    }

    @Test
    void beforeExpiry() {
      assertThat(
              policy("", "P30D", "P1Y")
                  .due(MADE, Optional.of(Instant.parse("2027-03-31T00:00:00Z"))))
          .contains(Instant.parse("2027-03-01T00:00:00Z"));
    }

    @Test
    void neverBeforeAnExpiryThatThereIsNot() {
      assertThat(policy("", "P30D", "P1Y").due(MADE, Optional.empty())).isEmpty();
    }
  }
}
