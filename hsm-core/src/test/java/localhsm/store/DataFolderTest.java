package localhsm.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import localhsm.keys.KeyRecord;
import localhsm.problem.ProblemException;
import localhsm.secret.CannotUnsealException;
import localhsm.secret.PlatformKey;
import localhsm.secret.SecretBytes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.jdbc4.JDBC4Connection;

class DataFolderTest {
  @TempDir private Path temporary;
  private Path path = Path.of("");
  private Path cache = Path.of("");

  @BeforeEach
  void choose() {
    path = temporary.resolve("parent/data");
    cache = temporary.resolve("cache");
  }

  /** A running HSM, as the wiring makes it. */
  private final class Hsm implements AutoCloseable {
    private final DataFolder folder;
    private final SealedStore store;
    private final StoredKeys keys;

    Hsm(Path path) {
      folder = DataFolder.open(path, Bench.RANDOM);
      boolean ready = false;
      try (PlatformKey key = folder.platformKey(Bench.RANDOM)) {
        store = folder.openStore(key, Bench.SEALING, Bench.kinds(), cache);
        keys = StoredKeys.open(store, Bench.PROVIDERS);
        ready = true;
      } finally {
        if (!ready) {
          folder.close();
        }
      }
    }

    List<String> state() {
      return Bench.state(keys);
    }

    @Override
    public void close() {
      store.close();
      folder.close();
    }
  }

  private static Map<String, String> contents(Path folder) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        contents.put(
            file.getFileName().toString(), new String(Files.readAllBytes(file), ISO_8859_1));
      }
    }
    return contents;
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private List<String> filled() {
    try (Hsm hsm = new Hsm(path)) {
      KeyRecord key = Bench.create(hsm.keys, "very-secret-name");
      Bench.create(hsm.keys, "second");
      hsm.keys.commit(Bench.rotation(key));
      SealedValues.open(hsm.store).put("value", SecretBytes.owning("v".getBytes(UTF_8)));
      return hsm.state();
    }
  }

  @Nested
  @DisplayName("A data folder")
  class Folder {
    @Test
    void keepsEverythingOverARestart() {
      List<String> state = filled();
      try (Hsm hsm = new Hsm(path)) {
        assertThat(hsm.state()).isEqualTo(state).hasSize(2);
        assertThat(SealedValues.open(hsm.store).find("value")).isPresent();
      }
    }

    @Test
    void keepsEverythingOverACrash() throws IOException {
      Path crashed = temporary.resolve("crashed");
      List<String> state;
      try (Hsm hsm = new Hsm(path)) {
        for (int i = 0; i < 10; i++) {
          Bench.create(hsm.keys, "key" + i);
        }
        state = hsm.state();
        copy(path, crashed);
      }
      assertThat(crashed.resolve("store.db-wal")).isNotEmptyFile();
      try (Hsm hsm = new Hsm(crashed)) {
        assertThat(hsm.state()).isEqualTo(state);
        Bench.create(hsm.keys, "after");
      }
      try (Hsm hsm = new Hsm(crashed)) {
        assertThat(hsm.state()).hasSize(11);
      }
    }

    @Test
    void isHeldByOne() {
      try (Hsm hsm = new Hsm(path)) {
        assertThatThrownBy(() -> new Hsm(path)).isInstanceOf(DataFolder.LockedException.class);
        assertThatThrownBy(() -> new Hsm(path.resolve("../data")))
            .isInstanceOf(DataFolder.LockedException.class);
        assertThat(Bench.create(hsm.keys, "still-works")).isNotNull();
      }
      new Hsm(path).close();
    }

    @Test
    void isHeldAgainstOtherProcesses() throws Exception {
      try (Hsm hsm = new Hsm(path)) {
        assertThatThrownBy(() -> new Hsm(path)).isInstanceOf(DataFolder.LockedException.class);
        assertThat(lockedForAnotherProcess()).isTrue();
        assertThat(hsm.state()).isEmpty();
      }
      assertThat(lockedForAnotherProcess()).isFalse();
    }

    private boolean lockedForAnotherProcess() throws IOException, InterruptedException {
      Path java = Path.of(System.getProperty("java.home"), "bin", "java");
      Path source =
          Files.writeString(
              temporary.resolve("TryLock.java"),
              """
              import java.nio.channels.FileChannel;
              import java.nio.file.*;
              class TryLock {
                public static void main(String[] a) throws Exception {
                  try (var c = FileChannel.open(Path.of(a[0]), StandardOpenOption.WRITE)) {
                    System.exit(c.tryLock() == null ? 3 : 0);
                  }
                }
              }
              """);
      int exit =
          new ProcessBuilder(java.toString(), source.toString(), path.resolve("lock").toString())
              .inheritIO()
              .start()
              .waitFor();
      assertThat(exit).isIn(0, 3);
      return exit == 3;
    }

    @Test
    void belongsToItsOwnerAlone() throws IOException {
      try (Hsm hsm = new Hsm(path)) {
        Bench.create(hsm.keys, "key");
        assertThat(path.resolve("store.db-wal")).exists();
        try (Stream<Path> files = Files.list(path)) {
          assertThat(files)
              .hasSizeGreaterThan(4)
              .allSatisfy(
                  file ->
                      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                          .isEqualTo("rw-------"));
        }
      }
      for (Path folder : List.of(path, path.resolve(".."))) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
            .isEqualTo("rwx------");
      }
    }

    @Test
    void isTakenFromOthersWhileItIsEmptyAndNotWhenItHoldsOtherThings() throws IOException {
      Path empty = Files.createDirectory(temporary.resolve("empty"));
      Path used = Files.createDirectory(temporary.resolve("used"));
      Files.createFile(used.resolve("other.txt"));
      for (Path folder : List.of(empty, used)) {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        DataFolder.open(folder, Bench.RANDOM).close();
      }
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(empty)))
          .isEqualTo("rwx------");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(used)))
          .isEqualTo("rwxr-xr-x");
    }

    @Test
    void mustBeAFolder() throws IOException {
      Path file = Files.createFile(temporary.resolve("file"));
      assertThatThrownBy(() -> new Hsm(file)).isInstanceOf(DataFolder.UnreadableException.class);
      assertThatThrownBy(() -> new Hsm(temporary.resolve("a?b=c")))
          .isInstanceOf(DataFolder.UnreadableException.class);
    }

    @Test
    void startsAgainAfterAStartThatBrokeOff() throws IOException {
      DataFolder.open(path, Bench.RANDOM).close();
      assertThat(path.resolve("instance.id.new")).exists();
      try (DataFolder folder = DataFolder.open(path, Bench.RANDOM);
          PlatformKey key = folder.platformKey(Bench.RANDOM)) {
        assertThat(folder.holdsStore()).isFalse();
        folder.openStore(key, Bench.SEALING, Bench.kinds(), cache).close();
      }
      Files.move(path.resolve("instance.id"), path.resolve("instance.id.new"));
      try (Hsm hsm = new Hsm(path)) {
        assertThat(hsm.state()).isEmpty();
      }
      assertThat(path.resolve("instance.id")).exists();
      assertThat(path.resolve("instance.id.new")).doesNotExist();
    }
  }

  @Nested
  @DisplayName("A folder that holds a store")
  class Holding {
    @Test
    void doesNotOpenWithoutItsPlatformKey() throws IOException {
      filled();
      Files.delete(path.resolve("platform.key"));
      assertThatThrownBy(() -> new Hsm(path)).isInstanceOf(CannotUnsealException.class);
      assertThat(path.resolve("platform.key")).doesNotExist();
    }

    @Test
    void doesNotOpenWithAnotherPlatformKey() throws IOException {
      filled();
      Files.writeString(path.resolve("platform.key"), "ab".repeat(32));
      Map<String, String> before = contents(path);
      assertThatThrownBy(() -> new Hsm(path)).isInstanceOf(CannotUnsealException.class);
      assertThat(contents(path)).containsAllEntriesOf(before);
    }

    @Test
    void isDamagedWithoutItsDatabase() throws IOException {
      filled();
      Files.delete(path.resolve("store.db"));
      assertThatThrownBy(() -> new Hsm(path)).isInstanceOf(StoreDamagedException.class);
      assertThat(path.resolve("store.db")).doesNotExist();
    }

    @Test
    void isDamagedWithAnotherInstancesIdOrNone() throws IOException {
      filled();
      Path id = path.resolve("instance.id");
      for (String text : List.of("11111111-2222-4333-8444-555555555555\n", "1-1-1-1-1", "", "x")) {
        Files.writeString(id, text);
        assertThatThrownBy(() -> new Hsm(path)).isInstanceOf(StoreDamagedException.class);
      }
      Files.delete(id);
      assertThatThrownBy(() -> new Hsm(path)).isInstanceOf(StoreDamagedException.class);
    }

    @Test
    void doesNotTakeAnotherInstancesDatabase() throws IOException {
      filled();
      Path other = temporary.resolve("other");
      Files.createDirectories(other);
      Files.copy(path.resolve("platform.key"), other.resolve("platform.key"));
      new Hsm(other).close();
      Files.copy(
          path.resolve("store.db"), other.resolve("store.db"), StandardCopyOption.REPLACE_EXISTING);
      assertThatThrownBy(() -> new Hsm(other)).isInstanceOf(StoreDamagedException.class);
    }

    @Test
    void losesNothingWhenADamagedLogStopsTheStart() throws IOException {
      Path crashed = temporary.resolve("crashed");
      try (Hsm hsm = new Hsm(path)) {
        Bench.create(hsm.keys, "key");
        copy(path, crashed);
      }
      Files.writeString(crashed.resolve("platform.key"), "ab".repeat(32));
      String before = contents(crashed).get("store.db-wal");
      assertThatThrownBy(() -> new Hsm(crashed)).isInstanceOf(CannotUnsealException.class);
      assertThat(contents(crashed)).containsEntry("store.db-wal", before);
    }
  }

  @Nested
  @DisplayName("A damaged database file")
  class Damaged {
    private List<String> state = List.of();
    private byte[] whole = {};
    private Path file = Path.of("");

    @BeforeEach
    void fill() throws IOException {
      state = filled();
      file = path.resolve("store.db");
      whole = Files.readAllBytes(file);
    }

    /** Gives the table several pages, some of them free. */
    private void grow() throws IOException {
      try (Hsm hsm = new Hsm(path)) {
        List<KeyRecord> keys = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
          keys.add(Bench.create(hsm.keys, "key" + i));
        }
        for (KeyRecord key : keys.subList(0, 50)) {
          hsm.keys.commit(Bench.deletion(key));
        }
        state = hsm.state();
      }
      whole = Files.readAllBytes(file);
    }

    /** True when the start refuses the file and leaves it alone; else the state is the same. */
    private boolean detected(byte[] changed) throws IOException {
      Files.write(file, changed);
      try {
        assertThat(stateAfterOneMore()).isEqualTo(state);
        return false;
      } catch (StoreDamagedException | CannotUnsealException e) {
        assertThat(Files.readAllBytes(file)).isEqualTo(changed);
        return true;
      } finally {
        Files.deleteIfExists(path.resolve("store.db-wal"));
        Files.deleteIfExists(path.resolve("store.db-shm"));
      }
    }

    /** What was there, when a further key has been written and has come back, or was refused. */
    private List<String> stateAfterOneMore() {
      List<String> found;
      Optional<KeyRecord> added = Optional.empty();
      try (Hsm hsm = new Hsm(path)) {
        found = hsm.state();
        added = Optional.of(Bench.create(hsm.keys, "further"));
      } catch (ProblemException e) {
        found = state;
      }
      List<String> expected = new ArrayList<>(found);
      added.ifPresent(key -> expected.add(Bench.state(key)));
      try (Hsm hsm = new Hsm(path)) {
        assertThat(hsm.state()).isEqualTo(expected);
      }
      return found;
    }

    @Test
    void isDetectedOrHarmlessAtRandomBits() throws IOException {
      grow();
      Random random = new Random(20260301);
      int detected = 0;
      for (int i = 0; i < 500; i++) {
        byte[] changed = whole.clone();
        // every second one in the header and the schema, which random positions seldom hit
        int position = random.nextInt(i % 2 == 0 ? 120 : changed.length);
        changed[position] ^= (byte) (1 << random.nextInt(8));
        detected += detected(changed) ? 1 : 0;
      }
      assertThat(detected).isGreaterThan(100);
    }

    @Test
    void isDetectedInEveryRow() throws IOException {
      List<SealedRow> rows = new ArrayList<>();
      try (SqliteRecordStore records = SqliteRecordStore.open(file, false)) {
        records.load(rows::add);
      }
      assertThat(rows).hasSize(8);
      for (SealedRow row : rows) {
        for (byte[] part : List.of(row.key().id(), row.sealed())) {
          for (int offset = 0; offset < part.length; offset += 1 + part.length / 4) {
            assertThat(detected(withFlipIn(part, offset))).isTrue();
          }
        }
      }
    }

    /** Wherever the part stands: a page may also hold what is left of a row that was moved. */
    private byte[] withFlipIn(byte[] part, int offset) {
      String text = new String(whole, ISO_8859_1);
      String wanted = new String(part, ISO_8859_1);
      byte[] changed = whole.clone();
      for (int at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
        changed[at + offset] ^= 16;
      }
      assertThat(changed).isNotEqualTo(whole);
      return changed;
    }

    @Test
    void isDetectedWhenCutAnywhere() throws IOException {
      Random random = new Random(7);
      for (int i = 0; i < 60; i++) {
        int length = i < 20 ? i * 4096 % whole.length : random.nextInt(whole.length);
        assertThat(detected(Arrays.copyOf(whole, length))).as("cut at %d", length).isTrue();
      }
    }

    @Test
    void isDetectedWhenItIsAnotherDatabase() throws Exception {
      Files.delete(file);
      try (Connection connection =
          new JDBC4Connection("jdbc:sqlite:" + file, file.toString(), new Properties())) {
        SqliteFile.execute(connection, "CREATE TABLE other (a)");
      }
      assertThat(detected(Files.readAllBytes(file))).isTrue();
      assertThat(detected("not a database at all, but long enough".getBytes(US_ASCII))).isTrue();
    }

    @Test
    void isATableAtAFormerMomentWhenItsLogIsDamaged() throws IOException {
      Path crashed = temporary.resolve("crashed");
      List<List<String>> moments = new ArrayList<>();
      try (Hsm hsm = new Hsm(path)) {
        moments.add(hsm.state());
        for (int i = 0; i < 5; i++) {
          Bench.create(hsm.keys, "key" + i);
          moments.add(hsm.state());
        }
        copy(path, crashed);
      }
      byte[] log = Files.readAllBytes(crashed.resolve("store.db-wal"));
      Random random = new Random(3);
      for (int i = 0; i < 60; i++) {
        Path copy = temporary.resolve("copy" + i);
        copy(crashed, copy);
        Files.delete(copy.resolve("store.db-shm"));
        byte[] changed = log.clone();
        changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
        Files.write(copy.resolve("store.db-wal"), changed);
        try (Hsm hsm = new Hsm(copy)) {
          assertThat(hsm.state()).isIn(moments);
        }
      }
    }
  }

  @Nested
  @DisplayName("What lies on the disk")
  class AtRest {
    @Test
    void showsNoNameTagOrKeyInAnyForm() throws IOException {
      List<byte[]> secrets = new ArrayList<>();
      StringBuilder disk = new StringBuilder();
      try (Hsm hsm = new Hsm(path)) {
        KeyRecord key = Bench.create(hsm.keys, "very-secret-name");
        secrets.add(key.latest().material().encoded().expose());
        SecretBytes value = SecretBytes.owning("a-client-secret-of-some-length".getBytes(UTF_8));
        SealedValues.open(hsm.store).put("client-of-authority", value);
        secrets.add(value.expose());
        for (String content : contents(path).values()) {
          disk.append(content);
        }
        assertThat(contents(path)).containsKey("store.db-wal");
      }
      for (String content : contents(path).values()) {
        disk.append(content);
      }
      String text = disk.toString();
      for (String readable :
          List.of("very-secret", "accounting", "owner", "client-of", "key-version", "P-256K")) {
        assertThat(text).doesNotContainIgnoringCase(readable);
      }
      assertThat(text).doesNotContain(forms(secrets));
    }

    /** Every window of 16 bytes, as it is and in each usual text form. */
    private List<String> forms(List<byte[]> secrets) {
      List<String> forms = new ArrayList<>();
      for (byte[] secret : secrets) {
        for (int start = 0; start + 16 <= secret.length; start++) {
          byte[] window = Arrays.copyOfRange(secret, start, start + 16);
          String hex = HexFormat.of().formatHex(window);
          // twelve bytes from a multiple of three give the same letters in any longer text
          byte[] aligned = Arrays.copyOf(window, 12);
          forms.add(new String(window, ISO_8859_1));
          forms.add(hex);
          forms.add(hex.toUpperCase(Locale.ROOT));
          forms.add(Base64.getEncoder().encodeToString(aligned));
          forms.add(Base64.getUrlEncoder().encodeToString(aligned));
        }
      }
      return forms;
    }
  }
}
