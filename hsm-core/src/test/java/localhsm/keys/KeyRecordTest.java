package localhsm.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import localhsm.crypto.Curve;
import localhsm.crypto.KeyOperation;
import localhsm.crypto.KeyParameters;
import localhsm.crypto.Providers;
import localhsm.id.KeyId;
import localhsm.id.KeyName;
import localhsm.id.KeyVersion;
import localhsm.problem.Problem;
import localhsm.problem.ProblemException;
import localhsm.rotation.RotationPolicy;
import org.junit.jupiter.api.Test;

class KeyRecordTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000L);
  private static final KeyName NAME = new KeyName("a");
  private static final LazyMaterial MATERIAL =
      LazyMaterial.of(
          new KeyParameters.Ec(Curve.P_256).generate(Providers.bouncyCastle(new SecureRandom())));

  private final KeyVersionRecord one = version("1");
  private final KeyVersionRecord two = version("2");
  private final KeyRecord key = KeyRecord.first(NAME, 7, one).withVersion(two);

  private static KeyVersionRecord version(String digit) {
    return version(digit, List.of(KeyOperation.SIGN));
  }

  private static KeyVersionRecord version(String digit, List<KeyOperation> operations) {
    return new KeyVersionRecord(
        new KeyVersion(digit.repeat(32)),
        MATERIAL,
        operations,
        new KeyAttributes(true, Optional.empty(), Optional.empty(), false, NOW, NOW),
        Map.of(),
        Optional.empty());
  }

  private static Problem problem(KeyRecord key) {
    return catchThrowableOfType(ProblemException.class, () -> key.withVersion(version("f")))
        .problem();
  }

  @Test
  void isNeverWithoutAVersion() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new KeyRecord(new KeyName("a"), 1, List.of(), Optional.empty(), Optional.empty()));
  }

  @Test
  void doesNotChangeFromNothingToNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new KeyChange(Optional.empty(), Optional.empty()));
  }

  @Test
  void hasItsYoungestVersionAsTheLatest() {
    assertThat(key.latest()).isSameAs(two);
    assertThat(key.found()).isEqualTo(new FoundKey(NAME, two));
    assertThat(key.version(KeyId.latest(NAME))).contains(two);
    assertThat(key.version(KeyId.of(NAME, one.version()))).contains(one);
    assertThat(key.version(KeyId.of(NAME, new KeyVersion("3".repeat(32))))).isEmpty();
  }

  @Test
  void takesNoVersionWhenItHasAHundred() {
    KeyRecord almost =
        new KeyRecord(NAME, 1, Collections.nCopies(99, one), Optional.empty(), Optional.empty());
    KeyRecord full = almost.withVersion(two);
    assertThat(almost.full()).isFalse();
    assertThat(full.full()).isTrue();
    assertThat(problem(full).message()).isEqualTo("A key cannot have more than 100 versions.");
  }

  @Test
  void takesNoVersionWhileItIsDeleted() {
    Deletion deletion = new Deletion(NOW, NOW.plusSeconds(1));
    KeyRecord deleted = key.withDeletion(Optional.of(deletion));
    assertThat(deleted.deleted()).isTrue();
    assertThat(problem(deleted))
        .isEqualTo(
            new Problem.Conflict(
                "Conflict",
                "Key a is currently in a deleted but recoverable state, and its name cannot be"
                    + " reused; in this state, the key can only be recovered or purged.",
                Optional.of("ObjectIsDeletedButRecoverable")));
    assertThat(deleted.withDeletion(Optional.empty())).isEqualTo(key);
  }

  @Test
  void changesNothingButWhatItIsAskedTo() {
    KeyVersionRecord changed = version("1", List.of());
    assertThat(key.withChanged(changed).versions()).containsExactly(changed, two);
    assertThat(key.withSequence(8))
        .isEqualTo(new KeyRecord(NAME, 8, List.of(one, two), Optional.empty(), Optional.empty()));
    Optional<RotationPolicy> policy = Optional.of(RotationPolicy.BLANK);
    assertThat(key.withRotation(policy).rotation()).isEqualTo(policy);
    assertThat(key.withRotation(policy).withVersion(version("3")).rotation()).isEqualTo(policy);
    assertThat(key.withRotation(policy).withRotation(Optional.empty())).isEqualTo(key);
  }
}
