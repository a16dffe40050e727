package localhsm.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import localhsm.crypto.Curve;
import localhsm.crypto.KeyMaterial;
import localhsm.crypto.KeyOperation;
import localhsm.crypto.KeyParameters;
import localhsm.crypto.Providers;
import localhsm.id.KeyVersion;
import localhsm.problem.ProblemException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class KeyVersionRecordTest {
  private static final Instant START = Instant.ofEpochSecond(1_800_000_000L);
  private static final Instant END = START.plusSeconds(3600);
  private static final Set<KeyOperation> MAKE_SOMETHING_NEW =
      EnumSet.of(KeyOperation.SIGN, KeyOperation.ENCRYPT, KeyOperation.WRAP_KEY);
  private static final KeyMaterial MATERIAL =
      new KeyParameters.Ec(Curve.P_256).generate(Providers.bouncyCastle(new SecureRandom()));

  private static KeyVersionRecord version(boolean enabled, KeyOperation... operations) {
    return new KeyVersionRecord(
        new KeyVersion("0".repeat(32)),
        LazyMaterial.of(MATERIAL),
        Arrays.asList(operations),
        new KeyAttributes(enabled, Optional.of(START), Optional.of(END), false, START, START),
        Map.of(),
        Optional.empty());
  }

  private static String refusal(KeyVersionRecord version, KeyOperation operation, Instant now) {
    ProblemException no =
        catchThrowableOfType(ProblemException.class, () -> version.requireUsable(operation, now));
    return no == null ? "allowed" : no.problem().innerCode().orElseThrow();
  }

  static Stream<KeyOperation> boundByTheWindow() {
    return MAKE_SOMETHING_NEW.stream();
  }

  static Stream<KeyOperation> notBoundByTheWindow() {
    return EnumSet.complementOf(EnumSet.copyOf(MAKE_SOMETHING_NEW)).stream();
  }

  @Nested
  class AnEnabledKeyInsideItsWindow {
    @ParameterizedTest
    @EnumSource
    void doesWhatItsOperationsName(KeyOperation operation) {
      KeyVersionRecord version = version(true, operation);
      assertThat(refusal(version, operation, START)).isEqualTo("allowed");
      assertThat(refusal(version, operation, END.minusNanos(1))).isEqualTo("allowed");
    }

    @ParameterizedTest
    @EnumSource
    void refusesWhatItsOperationsLack(KeyOperation operation) {
      KeyOperation[] others =
          EnumSet.complementOf(EnumSet.of(operation)).toArray(new KeyOperation[0]);
      assertThat(refusal(version(true, others), operation, START))
          .isEqualTo("KeyOperationForbidden");
      assertThat(refusal(version(true), operation, START)).isEqualTo("KeyOperationForbidden");
    }
  }

  @Nested
  class BeforeItsTime {
    @ParameterizedTest
    @MethodSource("localhsm.keys.KeyVersionRecordTest#boundByTheWindow")
    void makesNothingNew(KeyOperation operation) {
      assertThat(refusal(version(true, operation), operation, START.minusNanos(1)))
          .isEqualTo("KeyNotYetValid");
    }

    @ParameterizedTest
    @MethodSource("localhsm.keys.KeyVersionRecordTest#notBoundByTheWindow")
    void doesTheRest(KeyOperation operation) {
      assertThat(refusal(version(true, operation), operation, START.minusNanos(1)))
          .isEqualTo("allowed");
    }
  }

  @Nested
  class FromItsEndOn {
    @ParameterizedTest
    @MethodSource("localhsm.keys.KeyVersionRecordTest#boundByTheWindow")
    void makesNothingNew(KeyOperation operation) {
      assertThat(refusal(version(true, operation), operation, END)).isEqualTo("KeyExpired");
    }

    @ParameterizedTest
    @MethodSource("localhsm.keys.KeyVersionRecordTest#notBoundByTheWindow")
    void doesTheRest(KeyOperation operation) {
      assertThat(refusal(version(true, operation), operation, END)).isEqualTo("allowed");
    }
  }

  @Nested
  class ADisabledKey {
    @ParameterizedTest
    @EnumSource
    void doesNothingAtAnyTime(KeyOperation operation) {
      KeyVersionRecord version = version(false, operation);
      for (Instant now : List.of(START.minusNanos(1), START, END)) {
        assertThat(refusal(version, operation, now)).isEqualTo("KeyDisabled");
      }
    }

    @Test
    void saysSoBeforeAnythingElse() {
      assertThat(refusal(version(false), KeyOperation.SIGN, END)).isEqualTo("KeyDisabled");
    }
  }

  @Test
  void namesTheWindowBeforeTheOperations() {
    assertThat(refusal(version(true), KeyOperation.SIGN, END)).isEqualTo("KeyExpired");
    assertThat(refusal(version(true), KeyOperation.SIGN, START.minusNanos(1)))
        .isEqualTo("KeyNotYetValid");
  }

  @Test
  void hasNoWindowUnlessGiven() {
    KeyVersionRecord endless =
        new KeyVersionRecord(
            new KeyVersion("0".repeat(32)),
            LazyMaterial.of(MATERIAL),
            List.of(KeyOperation.SIGN),
            new KeyAttributes(true, Optional.empty(), Optional.empty(), false, START, START),
            Map.of(),
            Optional.empty());
    assertThatCode(() -> endless.requireUsable(KeyOperation.SIGN, Instant.EPOCH))
        .doesNotThrowAnyException();
    assertThatCode(() -> endless.requireUsable(KeyOperation.SIGN, Instant.MAX))
        .doesNotThrowAnyException();
  }

  @Test
  void namesTheOperationAsKeyOpsDo() {
    assertThat(
            catchThrowableOfType(
                ProblemException.class,
                () -> version(true).requireUsable(KeyOperation.UNWRAP_KEY, START)))
        .hasMessage("Operation unwrapKey is not permitted on this key.");
  }
}
