package localhsm.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
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

  /** The whole table: operation, enabled, named by key_ops, time, and what is answered. */
  static Stream<Arguments> states() {
    List<Arguments> rows = new ArrayList<>();
    for (KeyOperation operation : KeyOperation.values()) {
      boolean bound = MAKE_SOMETHING_NEW.contains(operation);
      for (boolean named : new boolean[] {true, false}) {
        String inside = named ? "allowed" : "KeyOperationForbidden";
        rows.add(row(operation, named, START.minusNanos(1), bound ? "KeyNotYetValid" : inside));
        rows.add(row(operation, named, START, inside));
        rows.add(row(operation, named, END.minusNanos(1), inside));
        rows.add(row(operation, named, END, bound ? "KeyExpired" : inside));
      }
    }
    return rows.stream();
  }

  private static Arguments row(KeyOperation operation, boolean named, Instant now, String answer) {
    return Arguments.of(operation, named, now, answer);
  }

  private static KeyVersionRecord having(boolean enabled, KeyOperation operation, boolean named) {
    EnumSet<KeyOperation> operations = EnumSet.complementOf(EnumSet.of(operation));
    if (named) {
      operations.add(operation);
    }
    return version(enabled, operations.toArray(new KeyOperation[0]));
  }

  @ParameterizedTest
  @MethodSource("states")
  void decidesByStateWindowAndOperations(
      KeyOperation operation, boolean named, Instant now, String answer) {
    assertThat(refusal(having(true, operation, named), operation, now)).isEqualTo(answer);
    assertThat(refusal(having(false, operation, named), operation, now)).isEqualTo("KeyDisabled");
  }

  @ParameterizedTest
  @EnumSource
  void isReleasedAndRotatedWhileItIsEnabled(KeyVersionRecord.Act act) {
    assertThatCode(() -> version(true).requireUsable(act)).doesNotThrowAnyException();
    assertThat(
            catchThrowableOfType(ProblemException.class, () -> version(false).requireUsable(act)))
        .hasMessage(
            "Operation "
                + act.name().toLowerCase(Locale.ROOT)
                + " is not allowed on a disabled key.");
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
