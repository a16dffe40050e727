package localhsm.keys.lifecycle;

import static localhsm.keys.lifecycle.Rig.NOW;
import static localhsm.keys.lifecycle.Rig.done;
import static localhsm.keys.lifecycle.Rig.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import localhsm.crypto.Curve;
import localhsm.crypto.KeyOperation;
import localhsm.crypto.KeyParameters;
import localhsm.id.KeyName;
import localhsm.keys.FoundKey;
import localhsm.keys.KeyAttributes;
import localhsm.keys.KeyRecord;
import localhsm.keys.KeyVersionRecord;
import localhsm.keys.wish.KeySettings;
import localhsm.keys.wish.NewKey;
import localhsm.problem.Problem;
import localhsm.problem.ProblemException;
import localhsm.release.ReleasePolicy;
import localhsm.release.ReleasePolicyCodec;
import localhsm.rotation.Lifespan;
import localhsm.rotation.RotationPolicy;
import localhsm.work.WorkClass;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RotationsTest {
  private static final KeyName NAME = new KeyName("My-Key");
  private static final Problem NOT_FOUND =
      new Problem.NotFound("KeyNotFound", "Key not found: ", Optional.of("/keys/My-Key"));

  private final Rig rig = new Rig();
  private final Rotations rotations = rig.rotations;

  private static KeySettings settings(boolean enabled, Optional<Instant> expires) {
    return new KeySettings(
        Optional.of(List.of(KeyOperation.SIGN)),
        enabled,
        Optional.of(NOW.minusSeconds(9)),
        expires,
        Map.of("a", "b"),
        false,
        Optional.empty());
  }

  private Problem policyRefusal() {
    return catchThrowableOfType(ProblemException.class, () -> rotations.policy(NAME)).problem();
  }

  @Test
  void beforeExpiryNeedsAnExpiry() {
    rig.create("My-Key");
    RotationPolicy alone =
        RotationPolicy.of(
            List.of(
                new RotationPolicy.Action(
                    "Rotate", Optional.empty(), Optional.of(Lifespan.parse("P30D")))),
            Optional.empty());
    assertThat(refusal(rotations.setPolicy(NAME, alone)).message())
        .isEqualTo("Property timeBeforeExpiry needs an expiryTime, or a key that expires.");
    assertThat(rotations.policy(NAME)).isEqualTo(RotationPolicy.BLANK);
  }

  @Nested
  class APolicy {
    @Test
    void isBlankAtFirst() {
      rig.create("My-Key");
      assertThat(rotations.policy(NAME)).isEqualTo(RotationPolicy.BLANK);
    }

    @Test
    void knowsWhenItWasFirstAndWhenItWasLastSet() {
      rig.create("My-Key");
      RotationPolicy first = done(rotations.setPolicy(NAME, Rig.afterCreate("P90D")));
      assertThat(first).isEqualTo(Rig.afterCreate("P90D").stored(NOW, NOW));
      rig.pass(Duration.ofDays(1));
      RotationPolicy second = done(rotations.setPolicy(NAME, Rig.beforeExpiry("P30D", "P1Y")));
      assertThat(second)
          .isEqualTo(Rig.beforeExpiry("P30D", "P1Y").stored(NOW, NOW.plus(Duration.ofDays(1))));
      assertThat(rotations.policy(NAME)).isEqualTo(second);
    }

    @Test
    void isRemovedByABlankOne() {
      rig.create("My-Key");
      done(rotations.setPolicy(NAME, Rig.afterCreate("P90D")));
      assertThat(done(rotations.setPolicy(NAME, RotationPolicy.BLANK)))
          .isEqualTo(RotationPolicy.BLANK);
      assertThat(rig.record("My-Key").rotation()).isEmpty();
      assertThat(done(rotations.setPolicy(NAME, RotationPolicy.BLANK)))
          .isEqualTo(RotationPolicy.BLANK);
    }

    @Test
    void leavesTheVersionsAsTheyAre() {
      rig.create("My-Key");
      List<KeyVersionRecord> before = rig.record("My-Key").versions();
      done(rotations.setPolicy(NAME, Rig.afterCreate("P90D")));
      assertThat(rig.record("My-Key").versions()).isEqualTo(before);
    }

    @Test
    void isNotFoundWithoutItsKey() {
      assertThat(policyRefusal()).isEqualTo(NOT_FOUND);
      assertThat(refusal(rotations.setPolicy(NAME, RotationPolicy.BLANK))).isEqualTo(NOT_FOUND);
      rig.create("My-Key");
      done(rig.deletedKeys.delete(NAME));
      assertThat(policyRefusal()).isEqualTo(NOT_FOUND);
      assertThat(refusal(rotations.setPolicy(NAME, RotationPolicy.BLANK))).isEqualTo(NOT_FOUND);
    }
  }

  static Stream<KeyParameters> kinds() {
    return Stream.of(
        new KeyParameters.Ec(Curve.P_256),
        new KeyParameters.Ec(Curve.P_256K),
        new KeyParameters.Ec(Curve.P_521),
        new KeyParameters.Oct(192),
        new KeyParameters.Rsa(2048, 3));
  }

  @Nested
  class OnDemand {
    @ParameterizedTest
    @MethodSource("localhsm.keys.lifecycle.RotationsTest#kinds")
    void makesFreshMaterialOfTheSameKind(KeyParameters kind) {
      FoundKey old = done(rig.keys.create(new NewKey(NAME, kind, KeySettings.DEFAULT)));
      done(rotations.setPolicy(NAME, Rig.afterCreate("P90D")));
      FoundKey made = done(rotations.rotate(NAME));
      assertThat(made.version().material().parameters()).isEqualTo(kind);
      assertThat(made.version().material().encoded())
          .isNotEqualTo(old.version().material().encoded());
      assertThat(made.version().version()).isNotEqualTo(old.version().version());
      assertThat(rig.record("My-Key").versions()).containsExactly(old.version(), made.version());
    }

    @Test
    void inheritsWhatTheOldVersionHadButItsTimes() {
      rig.create("My-Key", settings(true, Optional.of(NOW)));
      done(rotations.setPolicy(NAME, Rig.beforeExpiry("P30D", "P1M28D")));
      rig.pass(Duration.ofDays(3));
      Instant now = NOW.plus(Duration.ofDays(3));
      KeyVersionRecord made = done(rotations.rotate(NAME)).version();
      assertThat(made.operations()).containsExactly(KeyOperation.SIGN);
      assertThat(made.tags()).containsExactly(Map.entry("a", "b"));
      assertThat(made.attributes())
          .isEqualTo(
              new KeyAttributes(
                  true,
                  Optional.empty(),
                  Optional.of(Instant.parse("2027-03-18T08:00:00Z")),
                  false,
                  now,
                  now));
    }

    @Test
    void inheritsTheReleasePolicyToo() {
      ReleasePolicy release =
          ReleasePolicyCodec.read(
              "{\"version\":\"1.0.0\",\"anyOf\":[{\"authority\":\"https://a\","
                  + "\"allOf\":[{\"claim\":\"c\",\"equals\":true}]}]}",
              true);
      rig.create(
          "My-Key",
          new KeySettings(
              Optional.empty(),
              true,
              Optional.empty(),
              Optional.empty(),
              Map.of(),
              true,
              Optional.of(release)));
      done(rotations.setPolicy(NAME, Rig.afterCreate("P90D")));
      KeyVersionRecord made = done(rotations.rotate(NAME)).version();
      assertThat(made.attributes().exportable()).isTrue();
      assertThat(made.releasePolicy()).contains(release);
      assertThat(made.attributes().expires()).isEmpty();
    }

    @Test
    void needsAPolicy() {
      rig.create("My-Key");
      Problem no = refusal(rotations.rotate(NAME));
      assertThat(no.code()).isEqualTo("BadParameter");
      assertThat(no.message()).contains("no rotation policy");
      assertThat(rig.record("My-Key").versions()).hasSize(1);
    }

    @Test
    void isRefusedWhenTheLatestVersionIsDisabled() {
      rig.create("My-Key", settings(false, Optional.empty()));
      assertThat(refusal(rotations.rotate(NAME)).message())
          .isEqualTo("Operation rotate is not allowed on a disabled key.");
    }

    @Test
    void isRefusedForAKeyThatIsNot() {
      assertThat(refusal(rotations.rotate(NAME))).isEqualTo(NOT_FOUND);
      rig.create("My-Key");
      done(rotations.setPolicy(NAME, Rig.afterCreate("P90D")));
      done(rig.deletedKeys.delete(NAME));
      assertThat(refusal(rotations.rotate(NAME))).isEqualTo(NOT_FOUND);
    }

    @Test
    void countsToTheHundredVersions() {
      rig.create("My-Key");
      done(rotations.setPolicy(NAME, Rig.afterCreate("P90D")));
      rig.ledger.change(
          NAME,
          key -> {
            KeyRecord one = key.orElseThrow();
            return new KeyRecord(
                NAME,
                one.sequence(),
                Collections.nCopies(99, one.latest()),
                one.rotation(),
                one.deletion());
          });
      done(rotations.rotate(NAME));
      int before = rig.workers.ran().size();
      assertThat(refusal(rotations.rotate(NAME)).message())
          .isEqualTo("A key cannot have more than 100 versions.");
      assertThat(rig.workers.ran().subList(before, before + 1)).containsExactly(WorkClass.CPU);
      assertThat(rig.workers.ran()).hasSize(before + 1);
    }

    @Test
    void generatesAndCommitsWhereThatMayTakeLong() {
      rig.create("My-Key");
      done(rotations.setPolicy(NAME, Rig.afterCreate("P90D")));
      int before = rig.workers.ran().size();
      done(rotations.rotate(NAME));
      assertThat(rig.workers.ran().subList(before, before + 2))
          .containsExactly(WorkClass.CPU, WorkClass.WRITE);
    }
  }
}
