package localhsm.keys.lifecycle;

import static localhsm.keys.lifecycle.Rig.NOW;
import static localhsm.keys.lifecycle.Rig.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import localhsm.crypto.KeyType;
import localhsm.id.KeyId;
import localhsm.id.KeyName;
import localhsm.keys.KeyChange;
import localhsm.keys.KeyLedger;
import localhsm.keys.KeyRecord;
import localhsm.keys.KeyVersionRecord;
import localhsm.keys.LazyMaterial;
import localhsm.keys.wish.KeySettings;
import localhsm.keys.wish.KeyUpdate;
import localhsm.problem.Problems;
import localhsm.rotation.RotationPolicy;
import localhsm.secret.SecretBytes;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class KeyUpkeepTest {
  private final Rig rig = new Rig();
  private final KeyUpkeep upkeep = rig.upkeep;

  private static KeySettings expiring(Instant time) {
    return new KeySettings(
        Optional.empty(),
        true,
        Optional.empty(),
        Optional.of(time),
        Map.of(),
        false,
        Optional.empty());
  }

  private void enabled(String name, boolean enabled) {
    done(
        rig.keys.update(
            new KeyUpdate(
                KeyId.latest(new KeyName(name)),
                Optional.empty(),
                Optional.of(enabled),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty())));
  }

  private void policy(String name, RotationPolicy policy) {
    done(rig.rotations.setPolicy(new KeyName(name), policy));
  }

  private void delete(String name) {
    done(rig.deletedKeys.delete(new KeyName(name)));
  }

  private int versions(String name) {
    return rig.record(name).versions().size();
  }

  private void runAt(Instant time) {
    rig.clock.set(time);
    done(upkeep.runDue());
  }

  @Nested
  class ARotation {
    @Test
    void isDueSomeTimeAfterTheLatestVersionWasMade() {
      rig.create("a");
      policy("a", Rig.afterCreate("P28D"));
      Instant due = NOW.plus(Duration.ofDays(28));
      assertThat(upkeep.nextDue()).contains(due);
      runAt(due.minusNanos(1));
      assertThat(versions("a")).isEqualTo(1);
      runAt(due);
      assertThat(versions("a")).isEqualTo(2);
      assertThat(rig.record("a").latest().attributes().created()).isEqualTo(due);
      assertThat(upkeep.nextDue()).contains(due.plus(Duration.ofDays(28)));
    }

    @Test
    void isDueSomeTimeBeforeTheLatestVersionExpires() {
      rig.create("a", expiring(NOW.plus(Duration.ofDays(40))));
      policy("a", Rig.beforeExpiry("P30D", "P90D"));
      Instant due = NOW.plus(Duration.ofDays(10));
      assertThat(upkeep.nextDue()).contains(due);
      runAt(due);
      assertThat(versions("a")).isEqualTo(2);
      assertThat(rig.record("a").latest().attributes().expires())
          .contains(due.plus(Duration.ofDays(90)));
      assertThat(upkeep.nextDue()).contains(due.plus(Duration.ofDays(60)));
    }

    @Test
    void isNotDueBeforeAnExpiryThatThereIsNot() {
      rig.create("a");
      policy("a", Rig.beforeExpiry("P30D", "P90D"));
      assertThat(upkeep.nextDue()).isEmpty();
    }

    @Test
    void happensOnceAfterALongJump() {
      rig.create("a");
      policy("a", Rig.afterCreate("P28D"));
      Instant late = NOW.plus(Duration.ofDays(3650));
      runAt(late);
      done(upkeep.runDue());
      assertThat(versions("a")).isEqualTo(2);
      assertThat(rig.record("a").latest().attributes().created()).isEqualTo(late);
    }

    @Test
    void happensOnAnExpiredKey() {
      rig.create("a", expiring(NOW.minusSeconds(1)));
      policy("a", Rig.beforeExpiry("P30D", "P90D"));
      assertThat(upkeep.nextDue().orElseThrow()).isBefore(NOW);
      done(upkeep.runDue());
      assertThat(versions("a")).isEqualTo(2);
    }

    @Test
    void waitsWhileTheKeyIsDisabledOrDeleted() {
      rig.create("a");
      policy("a", Rig.afterCreate("P28D"));
      enabled("a", false);
      assertThat(upkeep.nextDue()).isEmpty();
      Instant due = NOW.plus(Duration.ofDays(28));
      runAt(due);
      assertThat(versions("a")).isEqualTo(1);
      enabled("a", true);
      assertThat(upkeep.nextDue()).contains(due);
      delete("a");
      assertThat(upkeep.nextDue()).contains(due.plus(Duration.ofDays(90)));
      done(upkeep.runDue());
      assertThat(versions("a")).isEqualTo(1);
    }

    @Test
    void isNeverDueOnceTheKeyHasAHundredVersions() {
      rig.create("a");
      policy("a", Rig.afterCreate("P28D"));
      rig.ledger.change(
          new KeyName("a"),
          key ->
              new KeyRecord(
                  new KeyName("a"),
                  1,
                  Collections.nCopies(100, key.orElseThrow().latest()),
                  key.get().rotation(),
                  Optional.empty()));
      assertThat(upkeep.nextDue()).isEmpty();
      runAt(NOW.plus(Duration.ofDays(100)));
      assertThat(versions("a")).isEqualTo(100);
    }

    @Test
    void isNotDueWithoutAPolicy() {
      rig.create("a");
      policy("a", Rig.afterCreate("P28D"));
      policy("a", RotationPolicy.BLANK);
      assertThat(upkeep.nextDue()).isEmpty();
      runAt(NOW.plus(Duration.ofDays(100)));
      assertThat(versions("a")).isEqualTo(1);
    }

    @Test
    void isNotMadeAgainByASecondRunAtTheSameTime() {
      rig.create("a");
      policy("a", Rig.afterCreate("P28D"));
      rig.clock.set(NOW.plus(Duration.ofDays(28)));
      done(rig.rotations.rotateDue(new KeyName("a")));
      done(rig.rotations.rotateDue(new KeyName("a")));
      done(rig.rotations.rotateDue(new KeyName("unknown")));
      assertThat(versions("a")).isEqualTo(2);
    }
  }

  @Nested
  class APurge {
    @Test
    void isDueAtTheEndOfRetention() {
      rig.create("a");
      delete("a");
      Instant end = NOW.plus(Duration.ofDays(90));
      assertThat(upkeep.nextDue()).contains(end);
      runAt(end.minusNanos(1));
      assertThat(rig.ledger.findDeleted(new KeyName("a"))).isPresent();
      runAt(end);
      assertThat(rig.ledger.lookUp(new KeyName("a"))).isEmpty();
      assertThat(upkeep.nextDue()).isEmpty();
    }

    @Test
    void happensUnderPurgeProtectionToo() {
      Rig guarded = new Rig(new SoftDelete(7, true));
      guarded.create("a");
      done(guarded.deletedKeys.delete(new KeyName("a")));
      guarded.pass(Duration.ofDays(7));
      done(guarded.upkeep.runDue());
      assertThat(guarded.ledger.lookUp(new KeyName("a"))).isEmpty();
    }

    @Test
    void sparesAKeyThatWasRecoveredMeanwhile() {
      rig.create("a");
      delete("a");
      done(rig.deletedKeys.recover(new KeyName("a")));
      rig.pass(Duration.ofDays(90));
      done(rig.deletedKeys.purgeDue(new KeyName("a")));
      done(upkeep.runDue());
      assertThat(versions("a")).isEqualTo(1);
    }

    @Test
    void sparesAKeyThatWasDeletedAgain() {
      rig.create("a");
      delete("a");
      done(rig.deletedKeys.recover(new KeyName("a")));
      rig.pass(Duration.ofDays(90));
      delete("a");
      done(rig.deletedKeys.purgeDue(new KeyName("a")));
      assertThat(rig.ledger.findDeleted(new KeyName("a"))).isPresent();
    }
  }

  @Test
  void hasNothingToDoWithoutKeys() {
    assertThat(upkeep.nextDue()).isEmpty();
    assertThatCode(() -> done(upkeep.runDue())).doesNotThrowAnyException();
  }

  @Test
  void knowsTheEarliestOfAll() {
    rig.create("gone");
    delete("gone");
    rig.create("a");
    policy("a", Rig.afterCreate("P100D"));
    rig.create("b", expiring(NOW.plus(Duration.ofDays(100))));
    policy("b", Rig.beforeExpiry("P30D", "P90D"));
    assertThat(upkeep.nextDue()).contains(NOW.plus(Duration.ofDays(70)));
  }

  @Test
  void doesAllThatIsDueThoughOneKeyFails() {
    List.of("a", "b", "c", "d").forEach(rig::create);
    List.of("a", "b").forEach(name -> policy(name, Rig.afterCreate("P90D")));
    List.of("c", "d").forEach(this::delete);
    rig.pass(Duration.ofDays(90));
    KeyLedger failing = new Failing(rig.ledger, List.of(new KeyName("a"), new KeyName("c")));
    DeletedKeys deletedKeys = new DeletedKeys(failing, SoftDelete.DEFAULT, rig.workers, rig.clock);
    Rotations rotations = new Rotations(failing, Rig.PROVIDERS, rig.workers, rig.clock);
    done(new KeyUpkeep(failing, deletedKeys, rotations, rig.clock).runDue());
    assertThat(versions("a")).isEqualTo(1);
    assertThat(versions("b")).isEqualTo(2);
    assertThat(rig.ledger.lookUp(new KeyName("c"))).isPresent();
    assertThat(rig.ledger.lookUp(new KeyName("d"))).isEmpty();
    done(upkeep.runDue());
    assertThat(versions("a")).isEqualTo(2);
    assertThat(rig.ledger.lookUp(new KeyName("c"))).isEmpty();
  }

  @Test
  void findsAndPurgesWithoutDecodingAKey() {
    KeyVersionRecord whole = rig.create("a").version();
    SecretBytes undecodable = SecretBytes.owning(new byte[] {1});
    rig.ledger.change(
        new KeyName("a"),
        key ->
            key.orElseThrow()
                .withChanged(
                    new KeyVersionRecord(
                        whole.version(),
                        LazyMaterial.encoded(KeyType.EC, undecodable, Rig.PROVIDERS),
                        whole.operations(),
                        whole.attributes(),
                        whole.tags(),
                        whole.releasePolicy())));
    policy("a", Rig.afterCreate("P90D"));
    assertThat(upkeep.nextDue()).isPresent();
    delete("a");
    runAt(NOW.plus(Duration.ofDays(90)));
    assertThat(rig.ledger.lookUp(new KeyName("a"))).isEmpty();
  }

  /** A ledger whose disk fails for some keys. */
  private record Failing(KeyLedger whole, List<KeyName> names) implements KeyLedger {
    @Override
    public Optional<KeyRecord> lookUp(KeyName name) {
      return whole.lookUp(name);
    }

    @Override
    public List<KeyRecord> page(long after, int limit) {
      return whole.page(after, limit);
    }

    @Override
    public List<KeyRecord> pageDeleted(long after, int limit) {
      return whole.pageDeleted(after, limit);
    }

    @Override
    public long nextSequence() {
      return whole.nextSequence();
    }

    @Override
    public boolean commit(KeyChange change) {
      if (names.contains(change.before().orElseThrow().name())) {
        throw Problems.storeUnavailable();
      }
      return whole.commit(change);
    }

    @Override
    public void clear() {
      whole.clear();
    }
  }
}
