package localhsm.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.spec.RSAPublicKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import localhsm.crypto.Curve;
import localhsm.crypto.EcMaterial;
import localhsm.crypto.KeyMaterial;
import localhsm.crypto.KeyOperation;
import localhsm.crypto.KeyParameters;
import localhsm.crypto.KeyType;
import localhsm.crypto.Providers;
import localhsm.crypto.RsaMaterial;
import localhsm.id.KeyId;
import localhsm.id.KeyName;
import localhsm.id.KeyVersion;
import localhsm.keys.wish.ImportedKey;
import localhsm.keys.wish.KeySettings;
import localhsm.keys.wish.KeyUpdate;
import localhsm.keys.wish.NewKey;
import localhsm.keys.wish.TransferredKey;
import localhsm.problem.Problem;
import localhsm.problem.ProblemException;
import localhsm.problem.Problems;
import localhsm.release.ReleasePolicy;
import localhsm.release.ReleasePolicyCodec;
import localhsm.secret.SecretBytes;
import localhsm.work.WorkClass;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class KeysTest {
  private static final Instant NOW = Instant.parse("2027-01-15T08:00:00.987Z");
  private static final Instant WHOLE_SECOND = Instant.parse("2027-01-15T08:00:00Z");
  private static final KeyName NAME = new KeyName("My-Key");
  private static final KeyName OTHER_CASE = new KeyName("MY-KEY");

  private final InMemoryKeyLedger ledger = new InMemoryKeyLedger();
  private final DirectWorkers workers = new DirectWorkers();
  private final SettableClock clock = new SettableClock(NOW);
  private final Keys keys =
      new Keys(ledger, Providers.bouncyCastle(new SecureRandom()), workers, clock);

  private static NewKey wish(KeyName name) {
    return new NewKey(name, new KeyParameters.Ec(Curve.P_256), KeySettings.DEFAULT);
  }

  private FoundKey create(KeyName name) {
    return keys.create(wish(name)).toCompletableFuture().join();
  }

  private void create(int count) {
    for (int i = 0; i < count; i++) {
      create(new KeyName("key-" + i));
    }
  }

  private void fill(int count) {
    KeyVersionRecord template = create(NAME).version();
    KeyRecord before = ledger.find(NAME).orElseThrow();
    List<KeyVersionRecord> versions =
        IntStream.range(0, count)
            .mapToObj(
                i ->
                    new KeyVersionRecord(
                        new KeyVersion(String.format("%032x", i)),
                        template.source(),
                        template.operations(),
                        template.attributes(),
                        Map.of(),
                        Optional.empty()))
            .toList();
    ledger.commit(
        new KeyChange(
            Optional.of(before),
            Optional.of(
                new KeyRecord(
                    NAME, before.sequence(), versions, before.rotation(), Optional.empty()))));
  }

  @Nested
  class ANewKey {
    @Test
    void canBeReadAtOnce() {
      FoundKey made = create(NAME);
      assertThat(keys.get(KeyId.latest(NAME))).isEqualTo(made);
      assertThat(keys.get(made.id())).isEqualTo(made);
    }

    @Test
    void hasTheDefaultsOfItsType() {
      KeyVersionRecord version = create(NAME).version();
      assertThat(version.operations()).isEqualTo(KeyType.EC.defaultOperations());
      assertThat(version.attributes())
          .isEqualTo(
              new KeyAttributes(
                  true, Optional.empty(), Optional.empty(), false, WHOLE_SECOND, WHOLE_SECOND));
      assertThat(version.tags()).isEmpty();
    }

    @Test
    void isAsWished() {
      Instant past = Instant.ofEpochSecond(1);
      NewKey wish =
          new NewKey(
              NAME,
              new KeyParameters.Ec(Curve.P_384),
              new KeySettings(
                  Optional.of(List.of(KeyOperation.VERIFY)),
                  false,
                  Optional.of(past),
                  Optional.of(past.plusSeconds(1)),
                  Map.of("a", "b"),
                  false,
                  Optional.empty()));
      KeyVersionRecord version = keys.create(wish).toCompletableFuture().join().version();
      assertThat(((EcMaterial) version.material()).curve()).isEqualTo(Curve.P_384);
      assertThat(version.operations()).containsExactly(KeyOperation.VERIFY);
      assertThat(version.attributes())
          .isEqualTo(
              new KeyAttributes(
                  false,
                  Optional.of(past),
                  Optional.of(past.plusSeconds(1)),
                  false,
                  WHOLE_SECOND,
                  WHOLE_SECOND));
      assertThat(version.tags()).containsExactly(Map.entry("a", "b"));
    }

    @Test
    void isGeneratedAndCommittedWhereThatMayTakeLong() {
      create(NAME);
      assertThat(workers.ran()).containsExactly(WorkClass.CPU, WorkClass.WRITE);
    }
  }

  @Nested
  class ASecondVersion {
    @Test
    void becomesTheLatestAndKeepsTheFirst() {
      FoundKey first = create(NAME);
      FoundKey second = create(NAME);
      assertThat(second.version().version()).isNotEqualTo(first.version().version());
      assertThat(keys.get(KeyId.latest(NAME))).isEqualTo(second);
      assertThat(keys.get(first.id())).isEqualTo(first);
    }

    @Test
    void keepsTheSpellingFirstStored() {
      create(NAME);
      assertThat(create(OTHER_CASE).name()).hasToString("My-Key");
      assertThat(keys.get(KeyId.latest(OTHER_CASE)).name()).hasToString("My-Key");
      assertThat(keys.listVersions(OTHER_CASE, 0, 25).items())
          .extracting(key -> key.name().value())
          .containsExactly("My-Key", "My-Key");
      assertThat(keys.list(0, 25).items()).hasSize(1);
    }
  }

  @Nested
  class AKeyOfAHundredVersions {
    @Test
    void takesNoMore() {
      fill(99);
      FoundKey last = create(NAME);
      assertThatThrownBy(() -> create(NAME))
          .hasCauseInstanceOf(ProblemException.class)
          .hasMessageContaining("100 versions");
      assertThat(keys.get(KeyId.latest(NAME))).isEqualTo(last);
    }

    @Test
    void isNotGeneratedInVain() {
      fill(100);
      int before = workers.ran().size();
      assertThatThrownBy(() -> create(NAME)).hasCauseInstanceOf(ProblemException.class);
      assertThat(workers.ran().subList(before, workers.ran().size()))
          .containsExactly(WorkClass.CPU);
    }
  }

  @Nested
  class ConcurrentCreation {
    @Test
    void ofOneNameLosesNothing() throws Exception {
      List<FoundKey> made = inParallel(8, 10);
      List<FoundKey> found = keys.listVersions(NAME, 0, 100).items();
      assertThat(found).hasSize(80).containsExactlyInAnyOrderElementsOf(made);
      assertThat(keys.list(0, 25).items()).hasSize(1);
    }

    @Test
    void stopsAtTheLimit() throws Exception {
      fill(95);
      assertThatThrownBy(() -> inParallel(4, 5)).hasMessageContaining("100 versions");
      assertThat(keys.listVersions(NAME, 0, 200).items()).hasSize(100);
    }

    private List<FoundKey> inParallel(int threads, int each) throws Exception {
      ExecutorService pool = Executors.newFixedThreadPool(threads);
      try {
        CyclicBarrier together = new CyclicBarrier(threads);
        Callable<List<FoundKey>> work =
            () -> {
              together.await();
              List<FoundKey> made = new ArrayList<>();
              for (int i = 0; i < each; i++) {
                made.add(create(NAME));
              }
              return made;
            };
        List<Callable<List<FoundKey>>> all = java.util.Collections.nCopies(threads, work);
        List<FoundKey> made = new ArrayList<>();
        for (Future<List<FoundKey>> part : pool.invokeAll(all)) {
          made.addAll(part.get());
        }
        return made;
      } catch (ExecutionException e) {
        throw new IllegalStateException(e.getCause());
      } finally {
        pool.shutdownNow();
      }
    }
  }

  @Nested
  class AnUnknownKey {
    private Problem problem(KeyId id) {
      return catchThrowableOfType(ProblemException.class, () -> keys.get(id)).problem();
    }

    @Test
    void isNotFoundUnderItsPath() {
      assertThat(problem(KeyId.latest(NAME)))
          .isEqualTo(
              new Problem.NotFound("KeyNotFound", "Key not found: ", Optional.of("/keys/My-Key")));
    }

    @Test
    void isNotFoundAsAVersionEither() {
      create(NAME);
      KeyVersion unknown = new KeyVersion("0".repeat(32));
      assertThat(problem(KeyId.of(NAME, unknown)))
          .isEqualTo(
              new Problem.NotFound(
                  "KeyNotFound", "Key not found: ", Optional.of("/keys/My-Key/" + unknown)));
    }

    @Test
    void hasNoVersionsInAList() {
      assertThat(keys.listVersions(NAME, 0, 25))
          .isEqualTo(new KeyPage<FoundKey>(List.of(), Optional.empty()));
    }
  }

  @Nested
  class AList {
    @Test
    void isEmptyAtFirst() {
      assertThat(keys.list(0, 25)).isEqualTo(new KeyPage<KeyRecord>(List.of(), Optional.empty()));
    }

    @Test
    void hasThePartsThatWereAskedForInOrderOfCreation() {
      create(5);
      List<String> names = new ArrayList<>();
      Optional<Long> position = Optional.of(0L);
      int parts = 0;
      while (position.isPresent()) {
        KeyPage<KeyRecord> page = keys.list(position.get(), 2);
        page.items().forEach(key -> names.add(key.name().value()));
        position = page.next();
        parts++;
      }
      assertThat(names).containsExactly("key-0", "key-1", "key-2", "key-3", "key-4");
      assertThat(parts).isEqualTo(3);
    }

    @Test
    void hasNoFurtherPartWhenTheLastOneIsFull() {
      create(4);
      long middle = keys.list(0, 2).next().orElseThrow();
      assertThat(keys.list(middle, 2).next()).isEmpty();
    }

    @Test
    void goesOnWhereItWasWhenKeysGoAway() {
      create(4);
      long middle = keys.list(0, 2).next().orElseThrow();
      KeyRecord gone = ledger.find(new KeyName("key-1")).orElseThrow();
      ledger.commit(new KeyChange(Optional.of(gone), Optional.empty()));
      assertThat(keys.list(middle, 2).items())
          .extracting(key -> key.name().value())
          .containsExactly("key-2", "key-3");
    }

    @Test
    void ofVersionsHasPartsToo() {
      fill(5);
      KeyPage<FoundKey> first = keys.listVersions(NAME, 0, 3);
      KeyPage<FoundKey> second = keys.listVersions(NAME, first.next().orElseThrow(), 3);
      assertThat(first.items()).hasSize(3);
      assertThat(second.items()).hasSize(2).doesNotContainAnyElementsOf(first.items());
      assertThat(second.next()).isEmpty();
      assertThat(keys.listVersions(NAME, 0, 5).next()).isEmpty();
    }

    @Test
    void isEmptyBehindItsEnd() {
      fill(5);
      assertThat(keys.listVersions(NAME, 999_999_999_999_999_999L, 25).items()).isEmpty();
      assertThat(keys.list(999_999_999_999_999_999L, 25).items()).isEmpty();
    }
  }

  @Nested
  class AnUpdate {
    private final Instant later = WHOLE_SECOND.plusSeconds(60);

    private FoundKey update(KeyUpdate wish) {
      clock.set(later);
      return keys.update(wish).toCompletableFuture().join();
    }

    private KeyUpdate wish(Optional<List<KeyOperation>> operations, Optional<Boolean> enabled) {
      return new KeyUpdate(
          KeyId.latest(NAME),
          operations,
          enabled,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }

    private KeyUpdate released(KeyId id, ReleasePolicy policy) {
      return new KeyUpdate(
          id,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.of(policy));
    }

    @Test
    void thatAsksForNothingMovesTheTimeOfTheUpdateOnly() {
      KeyVersionRecord before = create(NAME).version();
      KeyVersionRecord after = update(KeyUpdate.of(KeyId.latest(OTHER_CASE))).version();
      KeyAttributes old = before.attributes();
      assertThat(after)
          .isEqualTo(
              new KeyVersionRecord(
                  before.version(),
                  before.source(),
                  before.operations(),
                  new KeyAttributes(
                      true, old.notBefore(), old.expires(), false, old.created(), later),
                  before.tags(),
                  before.releasePolicy()));
      assertThat(keys.get(KeyId.latest(NAME)).version()).isEqualTo(after);
    }

    @Test
    void replacesOperationsAndTagsAsAWhole() {
      create(NAME);
      KeyUpdate wish =
          new KeyUpdate(
              KeyId.latest(NAME),
              Optional.of(List.of(KeyOperation.VERIFY)),
              Optional.of(false),
              Optional.of(WHOLE_SECOND),
              Optional.of(later),
              Optional.of(Map.of("a", "b")),
              Optional.empty());
      KeyVersionRecord after = update(wish).version();
      assertThat(after.operations()).containsExactly(KeyOperation.VERIFY);
      assertThat(after.tags()).containsExactly(Map.entry("a", "b"));
      assertThat(after.attributes())
          .isEqualTo(
              new KeyAttributes(
                  false,
                  Optional.of(WHOLE_SECOND),
                  Optional.of(later),
                  false,
                  WHOLE_SECOND,
                  later));
    }

    @Test
    void keepsWhatItDoesNotGive() {
      create(NAME);
      update(wish(Optional.of(List.of(KeyOperation.SIGN)), Optional.of(false)));
      KeyVersionRecord enabled = update(wish(Optional.empty(), Optional.of(true))).version();
      assertThat(enabled.attributes().enabled()).isTrue();
      assertThat(enabled.operations()).containsExactly(KeyOperation.SIGN);
      KeyVersionRecord none = update(wish(Optional.of(List.of()), Optional.empty())).version();
      assertThat(none.operations()).isEmpty();
    }

    @Test
    void reachesTheVersionItNamesOrElseTheLatest() {
      FoundKey first = create(NAME);
      FoundKey second = create(NAME);
      KeyUpdate wish =
          new KeyUpdate(
              first.id(),
              Optional.empty(),
              Optional.of(false),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty());
      assertThat(update(wish).id()).isEqualTo(first.id());
      assertThat(keys.get(first.id()).version().attributes().enabled()).isFalse();
      assertThat(keys.get(second.id())).isEqualTo(second);
      assertThat(keys.listVersions(NAME, 0, 25).items())
          .extracting(key -> key.version().version())
          .containsExactly(first.version().version(), second.version().version());
    }

    @Test
    void isRefusedForAKeyOrAVersionThatIsNot() {
      assertThat(refusal(keys.update(KeyUpdate.of(KeyId.latest(NAME)))))
          .isEqualTo(
              new Problem.NotFound("KeyNotFound", "Key not found: ", Optional.of("/keys/My-Key")));
      create(NAME);
      KeyId unknown = KeyId.of(NAME, new KeyVersion("0".repeat(32)));
      assertThat(refusal(keys.update(KeyUpdate.of(unknown))).code()).isEqualTo("KeyNotFound");
    }

    @Test
    void makesNoKeyExchangeKeyOfAnotherType() {
      create(NAME);
      Problem no =
          refusal(keys.update(wish(Optional.of(List.of(KeyOperation.IMPORT)), Optional.empty())));
      assertThat(no.message()).isEqualTo("The operation import is for RSA-HSM keys only.");
    }

    @Test
    void changesTheReleasePolicyOfAnExportableKeyUntilOneStays() {
      ReleasePolicy first = policy("first", false);
      KeyId id =
          keys.create(new NewKey(NAME, new KeyParameters.Ec(Curve.P_256), exportable(first)))
              .toCompletableFuture()
              .join()
              .id();
      ReleasePolicy last = policy("last", true);
      assertThat(update(released(id, last)).version().releasePolicy()).contains(last);
      assertThat(refusal(keys.update(released(id, first))).message())
          .isEqualTo("The release policy of the key is immutable.");
      assertThat(update(KeyUpdate.of(id)).version().releasePolicy()).contains(last);
    }

    @Test
    void givesNoReleasePolicyToAKeyThatStays() {
      FoundKey key = create(NAME);
      assertThat(refusal(keys.update(released(key.id(), policy("any", false)))).message())
          .isEqualTo("AKV.SKR.1005: Non-exportable keys must not have release policy");
    }

    @Test
    void isCommittedWhereThatMayTakeLong() {
      create(NAME);
      update(KeyUpdate.of(KeyId.latest(NAME)));
      assertThat(workers.ran()).endsWith(WorkClass.WRITE).hasSize(3);
    }
  }

  @Nested
  class AnImportedKey {
    private ImportedKey wish(KeySettings settings) {
      return new ImportedKey(
          NAME, () -> KeyMaterial.symmetric(SecretBytes.owning(new byte[32])), settings);
    }

    @Test
    void isLikeACreatedOne() {
      FoundKey key = keys.importKey(wish(KeySettings.DEFAULT)).toCompletableFuture().join();
      assertThat(keys.get(KeyId.latest(NAME))).isEqualTo(key);
      assertThat(key.version().operations()).isEqualTo(KeyType.OCT.defaultOperations());
      assertThat(key.version().attributes().created()).isEqualTo(WHOLE_SECOND);
      assertThat(key.version().material().encoded()).isEqualTo(SecretBytes.owning(new byte[32]));
      assertThat(workers.ran()).containsExactly(WorkClass.CPU, WorkClass.WRITE);
    }

    @Test
    void isANewVersionOfAnExistingOne() {
      create(NAME);
      keys.importKey(wish(KeySettings.DEFAULT)).toCompletableFuture().join();
      assertThat(keys.listVersions(NAME, 0, 25).items()).hasSize(2);
    }

    @Test
    void isRefusedWithItsOwnReason() {
      ImportedKey broken =
          new ImportedKey(
              NAME,
              () -> {
                throw Problems.invalidKeySize("7");
              },
              KeySettings.DEFAULT);
      assertThat(refusal(keys.importKey(broken)).message()).isEqualTo("Invalid key size: '7'");
      assertThat(ledger.find(NAME)).isEmpty();
    }

    @Test
    void isNoKeyExchangeKeyUnlessItIsRsa() {
      assertThat(refusal(keys.importKey(wish(allowing(KeyOperation.IMPORT)))).message())
          .isEqualTo("The operation import is for RSA-HSM keys only.");
      assertThat(ledger.find(NAME)).isEmpty();
    }
  }

  @Nested
  class ATransferredKey {
    private final KeyName kekName = new KeyName("kek");
    private final FoundKey kek = kek(allowing(KeyOperation.IMPORT));
    private final byte[] target = new byte[32];

    private FoundKey kek(KeySettings settings) {
      return keys.create(new NewKey(kekName, new KeyParameters.Rsa(2048, 65537), settings))
          .toCompletableFuture()
          .join();
    }

    private TransferredKey wish(KeyType type, byte[] ciphertext) {
      return new TransferredKey(
          NAME, KeyId.latest(kekName), type, Optional.empty(), ciphertext, KeySettings.DEFAULT);
    }

    private byte[] wrapped(FoundKey with, byte[] plaintext) throws GeneralSecurityException {
      RsaMaterial rsa = (RsaMaterial) with.version().material();
      SecretKeySpec fresh = new SecretKeySpec(new byte[32], "AES");
      Cipher oaep = Cipher.getInstance("RSA/ECB/OAEPWithSHA-1AndMGF1Padding");
      oaep.init(
          Cipher.ENCRYPT_MODE,
          KeyFactory.getInstance("RSA")
              .generatePublic(new RSAPublicKeySpec(rsa.modulus(), rsa.publicExponent())));
      Cipher kwp = Cipher.getInstance("AES/KWP/NoPadding");
      kwp.init(Cipher.ENCRYPT_MODE, fresh);
      ByteArrayOutputStream blob = new ByteArrayOutputStream();
      blob.writeBytes(oaep.doFinal(fresh.getEncoded()));
      blob.writeBytes(kwp.doFinal(plaintext));
      return blob.toByteArray();
    }

    @Test
    void comesAsItWasWrapped() throws GeneralSecurityException {
      target[31] = 7;
      FoundKey key =
          keys.importKey(wish(KeyType.OCT, wrapped(kek, target))).toCompletableFuture().join();
      assertThat(key.version().material().encoded()).isEqualTo(SecretBytes.owning(target));
      assertThat(key.version().operations()).isEqualTo(KeyType.OCT.defaultOperations());
    }

    @Test
    void isRefusedAlikeWhateverIsWrongWithIt() throws GeneralSecurityException {
      byte[] good = wrapped(kek, target);
      byte[] tampered = good.clone();
      tampered[good.length - 1] ^= 1;
      byte[] otherKey = good.clone();
      otherKey[3] ^= 1;
      Problem uniform = Problems.decryptionFailed().problem();
      for (byte[] bad :
          List.of(
              tampered,
              otherKey,
              new byte[0],
              new byte[256],
              Arrays.copyOf(good, good.length - 8),
              wrapped(kek, new byte[7]),
              wrapped(kek, new byte[33]))) {
        assertThat(refusal(keys.importKey(wish(KeyType.OCT, bad)))).isEqualTo(uniform);
      }
      assertThat(refusal(keys.importKey(wish(KeyType.RSA, good)))).isEqualTo(uniform);
      assertThat(refusal(keys.importKey(wish(KeyType.EC, good)))).isEqualTo(uniform);
      assertThat(ledger.find(NAME)).isEmpty();
    }

    @Test
    void needsAnEnabledKeyThatIsThereToImport() throws GeneralSecurityException {
      byte[] good = wrapped(kek, target);
      TransferredKey unknown =
          new TransferredKey(
              NAME,
              KeyId.latest(new KeyName("other")),
              KeyType.OCT,
              Optional.empty(),
              good,
              KeySettings.DEFAULT);
      assertThat(refusal(keys.importKey(unknown)).code()).isEqualTo("KeyNotFound");
      byte[] forAnother = wrapped(kek(KeySettings.DEFAULT), target);
      assertThat(refusal(keys.importKey(wish(KeyType.OCT, forAnother))).message())
          .isEqualTo("Operation import is not permitted on this key.");
      KeyUpdate disable =
          new KeyUpdate(
              KeyId.latest(kekName),
              Optional.empty(),
              Optional.of(false),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty());
      keys.update(disable).toCompletableFuture().join();
      assertThat(refusal(keys.importKey(wish(KeyType.OCT, forAnother))).innerCode())
          .contains("KeyDisabled");
    }

    @Test
    void hasTheCurveThatTheClientNames() throws GeneralSecurityException {
      KeyMaterial p256 =
          new KeyParameters.Ec(Curve.P_256).generate(Providers.bouncyCastle(new SecureRandom()));
      byte[] good = wrapped(kek, p256.encoded().expose());
      assertThat(refusal(keys.importKey(onCurve(Curve.P_384, good))))
          .isEqualTo(Problems.decryptionFailed().problem());
      assertThat(ledger.find(NAME)).isEmpty();
      assertThat(keys.importKey(onCurve(Curve.P_256, good)).toCompletableFuture().join().name())
          .isEqualTo(NAME);
    }

    private TransferredKey onCurve(Curve curve, byte[] ciphertext) {
      return new TransferredKey(
          NAME,
          KeyId.latest(kekName),
          KeyType.EC,
          Optional.of(curve),
          ciphertext,
          KeySettings.DEFAULT);
    }

    @Test
    void isUnwrappedByTheVersionNamed() throws GeneralSecurityException {
      byte[] good = wrapped(kek, target);
      kek(allowing(KeyOperation.IMPORT));
      assertThat(refusal(keys.importKey(wish(KeyType.OCT, good))))
          .isEqualTo(Problems.decryptionFailed().problem());
      TransferredKey named =
          new TransferredKey(
              NAME, kek.id(), KeyType.OCT, Optional.empty(), good, KeySettings.DEFAULT);
      assertThat(keys.importKey(named).toCompletableFuture().join().name()).isEqualTo(NAME);
    }
  }

  @Nested
  class ADeletedKey {
    @BeforeEach
    void delete() {
      create(NAME);
      ledger.change(
          NAME,
          key ->
              key.orElseThrow()
                  .withDeletion(
                      Optional.of(new Deletion(WHOLE_SECOND, WHOLE_SECOND.plusSeconds(1)))));
    }

    @Test
    void isNeitherFoundNorListed() {
      assertThatThrownBy(() -> keys.get(KeyId.latest(NAME))).isInstanceOf(ProblemException.class);
      assertThat(keys.list(0, 25).items()).isEmpty();
      assertThat(keys.listVersions(NAME, 0, 25).items()).isEmpty();
      assertThat(refusal(keys.update(KeyUpdate.of(KeyId.latest(NAME)))).code())
          .isEqualTo("KeyNotFound");
    }

    @Test
    void keepsItsNameFromNewKeys() {
      ImportedKey imported =
          new ImportedKey(
              OTHER_CASE,
              () -> {
                throw new AssertionError("looked at in vain");
              },
              KeySettings.DEFAULT);
      for (Problem no :
          List.of(refusal(keys.create(wish(OTHER_CASE))), refusal(keys.importKey(imported)))) {
        assertThat(no.kind()).isEqualTo(Problem.Kind.CONFLICT);
        assertThat(no.innerCode()).contains("ObjectIsDeletedButRecoverable");
        assertThat(no.message()).startsWith("Key My-Key is currently in a deleted");
      }
      assertThat(ledger.lookUp(NAME).orElseThrow().versions()).hasSize(1);
    }
  }

  @Nested
  class AnExportableKey {
    @Test
    void hasItsReleasePolicyInEveryVersionThatIsMadeSo() {
      ReleasePolicy policy = policy("a", false);
      NewKey wish = new NewKey(NAME, new KeyParameters.Ec(Curve.P_256), exportable(policy));
      KeyVersionRecord first = keys.create(wish).toCompletableFuture().join().version();
      assertThat(first.attributes().exportable()).isTrue();
      assertThat(first.releasePolicy()).contains(policy);
      KeyVersionRecord second = create(NAME).version();
      assertThat(second.attributes().exportable()).isFalse();
      assertThat(second.releasePolicy()).isEmpty();
    }
  }

  private static KeySettings allowing(KeyOperation operation) {
    return new KeySettings(
        Optional.of(List.of(operation)),
        true,
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        false,
        Optional.empty());
  }

  private static KeySettings exportable(ReleasePolicy policy) {
    return new KeySettings(
        Optional.empty(),
        true,
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        true,
        Optional.of(policy));
  }

  private static ReleasePolicy policy(String claim, boolean immutable) {
    return ReleasePolicyCodec.read(
        "{\"version\":\"1.0.0\",\"anyOf\":[{\"authority\":\"https://a\",\"allOf\":[{\"claim\":\""
            + claim
            + "\",\"equals\":true}]}]}",
        immutable);
  }

  private static Problem refusal(CompletionStage<?> stage) {
    try {
      stage.toCompletableFuture().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof ProblemException no) {
        return no.problem();
      }
      throw e;
    }
    throw new AssertionError("not refused");
  }
}
