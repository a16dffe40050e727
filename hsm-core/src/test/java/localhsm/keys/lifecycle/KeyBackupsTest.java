package localhsm.keys.lifecycle;

import static localhsm.keys.lifecycle.Rig.PROVIDERS;
import static localhsm.keys.lifecycle.Rig.done;
import static localhsm.keys.lifecycle.Rig.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import localhsm.crypto.KeyParameters;
import localhsm.id.KeyName;
import localhsm.keys.BlobSealer;
import localhsm.keys.DirectWorkers;
import localhsm.keys.FoundKey;
import localhsm.keys.KeyRecord;
import localhsm.keys.KeyVersionRecord;
import localhsm.keys.Keys;
import localhsm.keys.SettableClock;
import localhsm.keys.wish.KeySettings;
import localhsm.keys.wish.NewKey;
import localhsm.problem.Problem;
import localhsm.problem.Problems;
import localhsm.release.ReleasePolicyCodec;
import localhsm.secret.Sealing;
import localhsm.secret.SecretBytes;
import localhsm.store.RecordStore;
import localhsm.store.SealedStore;
import localhsm.store.StoredKeys;
import localhsm.work.WorkClass;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class KeyBackupsTest {
  private static final KeyName NAME = new KeyName("My-Key");
  private static final Problem MALFORMED = Problems.malformedBackupBlob().problem();

  private final Hsm hsm = new Hsm();
  private final Hsm other = new Hsm();

  /** An HSM of the stored kind. */
  private static final class Hsm {
    final SealedStore store =
        SealedStore.open(
            RecordStore.inMemory(),
            SealedStore.Access.temporary(new Sealing(PROVIDERS.sealing(), PROVIDERS.random())),
            StoredKeys.kinds());
    final StoredKeys ledger = StoredKeys.open(store, PROVIDERS);
    final DirectWorkers workers = new DirectWorkers();
    final SettableClock clock = new SettableClock(Rig.NOW);
    final Keys keys = new Keys(ledger, PROVIDERS, workers, clock);
    final DeletedKeys deletedKeys = new DeletedKeys(ledger, SoftDelete.DEFAULT, workers, clock);
    final Rotations rotations = new Rotations(ledger, PROVIDERS, workers, clock);
    final KeyBackups backups = new KeyBackups(ledger, ledger, new PlainSealer(), workers);

    FoundKey create(KeyParameters parameters, KeySettings settings) {
      return done(keys.create(new NewKey(NAME, parameters, settings)));
    }

    KeyRecord record() {
      return ledger.lookUp(NAME).orElseThrow();
    }
  }

  /** Seals nothing, and opens what has its mark. */
  private static final class PlainSealer implements BlobSealer {
    private static final String MARK = "sealed.";

    @Override
    public String seal(SecretBytes archive) {
      return MARK + Base64.getUrlEncoder().encodeToString(archive.expose());
    }

    @Override
    public Optional<SecretBytes> open(String blob) {
      return blob.startsWith(MARK)
          ? Optional.of(
              SecretBytes.owning(Base64.getUrlDecoder().decode(blob.substring(MARK.length()))))
          : Optional.empty();
    }
  }

  @AfterEach
  void close() {
    hsm.store.close();
    other.store.close();
  }

  private String wholeKey() {
    hsm.create(new KeyParameters.Rsa(2048, 65537), KeySettings.DEFAULT);
    hsm.create(
        new KeyParameters.Oct(128),
        new KeySettings(
            Optional.empty(),
            false,
            Optional.of(Rig.NOW),
            Optional.of(Rig.NOW.plusSeconds(5)),
            Map.of("a", "b"),
            true,
            Optional.of(
                ReleasePolicyCodec.read(
                    "{\"version\":\"1.0.0\",\"anyOf\":[{\"authority\":\"https://a\","
                        + "\"allOf\":[{\"claim\":\"c\",\"equals\":1}]}]}",
                    true))));
    done(hsm.rotations.setPolicy(NAME, Rig.beforeExpiry("P30D", "P1Y")));
    return done(hsm.backups.backup(NAME));
  }

  private static void assertSame(KeyRecord restored, KeyRecord saved) {
    assertThat(restored.name().value()).isEqualTo(saved.name().value());
    assertThat(restored.rotation()).isEqualTo(saved.rotation());
    assertThat(restored.versions()).hasSameSizeAs(saved.versions());
    for (int i = 0; i < saved.versions().size(); i++) {
      KeyVersionRecord one = restored.versions().get(i);
      KeyVersionRecord two = saved.versions().get(i);
      assertThat(one.version()).isEqualTo(two.version());
      assertThat(one.operations()).isEqualTo(two.operations());
      assertThat(one.attributes()).isEqualTo(two.attributes());
      assertThat(one.tags()).isEqualTo(two.tags());
      assertThat(one.releasePolicy()).isEqualTo(two.releasePolicy());
      assertThat(one.material().encoded()).isEqualTo(two.material().encoded());
    }
  }

  @Nested
  class ARestoredKey {
    @Test
    void isTheWholeKeyInAnotherHsm() {
      String blob = wholeKey();
      FoundKey latest = done(other.backups.restore(blob));
      assertThat(latest.id()).isEqualTo(hsm.record().found().id());
      assertSame(other.record(), hsm.record());
    }

    @Test
    void comesBackAfterAPurgeAsTheYoungest() {
      String blob = wholeKey();
      KeyRecord saved = hsm.record();
      done(hsm.deletedKeys.delete(NAME));
      done(hsm.deletedKeys.purge(NAME));
      done(
          hsm.keys.create(
              new NewKey(new KeyName("later"), new KeyParameters.Oct(128), KeySettings.DEFAULT)));
      done(hsm.backups.restore(blob));
      assertSame(hsm.record(), saved);
      assertThat(hsm.keys.list(0, 25).items())
          .extracting(key -> key.name().value())
          .containsExactly("later", "My-Key");
    }

    @Test
    void needsAFreeName() {
      String blob = wholeKey();
      KeyRecord before = hsm.record();
      Problem exists = refusal(hsm.backups.restore(blob));
      assertThat(exists.kind()).isEqualTo(Problem.Kind.CONFLICT);
      assertThat(exists.innerCode()).isEmpty();
      assertThat(hsm.record()).isSameAs(before);
      done(hsm.deletedKeys.delete(NAME));
      assertThat(refusal(hsm.backups.restore(blob)).innerCode())
          .contains("ObjectIsDeletedButRecoverable");
      assertThat(hsm.record().versions()).isEqualTo(before.versions());
    }
  }

  @Nested
  class ABlob {
    @Test
    void isRefusedAlikeWhenItDoesNotOpenOrIsNoKey() {
      String blob = wholeKey();
      byte[] archive = Base64.getUrlDecoder().decode(blob.substring(PlainSealer.MARK.length()));
      for (byte[] broken :
          List.of(
              new byte[0],
              new byte[] {1, 2, 3},
              Arrays.copyOf(archive, archive.length - 1),
              Arrays.copyOf(archive, archive.length + 1))) {
        String sealed = new PlainSealer().seal(SecretBytes.owning(broken));
        assertThat(refusal(other.backups.restore(sealed))).isEqualTo(MALFORMED);
      }
      assertThat(refusal(other.backups.restore("garbage"))).isEqualTo(MALFORMED);
      assertThat(refusal(other.backups.restore(""))).isEqualTo(MALFORMED);
      assertThat(other.ledger.page(0, 10)).isEmpty();
    }

    @Test
    void isMadeOfAKeyThatIsNotDeleted() {
      Problem notFound =
          new Problem.NotFound("KeyNotFound", "Key not found: ", Optional.of("/keys/My-Key"));
      assertThat(refusal(hsm.backups.backup(NAME))).isEqualTo(notFound);
      wholeKey();
      done(hsm.deletedKeys.delete(NAME));
      assertThat(refusal(hsm.backups.backup(NAME))).isEqualTo(notFound);
    }

    @Test
    void isMadeAndOpenedWhereThatMayTakeLong() {
      String blob = wholeKey();
      assertThat(hsm.workers.ran()).endsWith(WorkClass.CPU);
      done(other.backups.restore(blob));
      assertThat(other.workers.ran()).containsExactly(WorkClass.CPU, WorkClass.WRITE);
    }
  }
}
