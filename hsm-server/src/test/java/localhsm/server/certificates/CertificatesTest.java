package localhsm.server.certificates;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import localhsm.server.names.NameFamily;
import localhsm.server.names.ServedNames;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CertificatesTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  @TempDir Path temp;
  private Path folder;

  @BeforeEach
  void folderThatIsMissing() {
    folder = temp.resolve("home").resolve("tls");
  }

  private ServerCertificate open(Duration later, String... extra) {
    return at(later).open(folder, names(extra));
  }

  private static Certificates at(Duration later) {
    return new Certificates(Clock.fixed(START.plus(later), ZoneOffset.UTC), new SecureRandom());
  }

  private static ServedNames names(String... extra) {
    return new ServedNames("hsm1", NameFamily.ALL, Set.of(extra));
  }

  private static X509Certificate leaf(ServerCertificate opened) {
    return opened.chain().get(0);
  }

  private Map<String, String> files() throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        contents.put(folder.relativize(file).toString(), Files.readString(file, ISO_8859_1));
      }
    }
    return contents;
  }

  private String content(String name) throws IOException {
    return Files.readString(folder.resolve(name), ISO_8859_1);
  }

  private void edit(String name, String content) throws IOException {
    Files.writeString(folder.resolve(name), content, ISO_8859_1);
  }

  @Nested
  @DisplayName("The first start")
  class First {
    @Test
    void presentsTheServerAndItsIssuerNotTheRoot() throws Exception {
      ServerCertificate made = open(Duration.ZERO);
      X509Certificate root =
          Pem.parse(Files.readString(made.trust().caPem())).certificates().get(0);
      assertThat(made.chain()).hasSize(2);
      leaf(made).verify(made.chain().get(1).getPublicKey());
      made.chain().get(1).verify(root.getPublicKey());
      root.verify(root.getPublicKey());
      assertThat(root.getBasicConstraints()).isEqualTo(1);
      assertThat(made.chain().get(1).getBasicConstraints()).isZero();
      assertThat(leaf(made).getBasicConstraints()).isEqualTo(-1);
      assertThat(leaf(made).getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
      assertThat(made.notices()).isEmpty();
    }

    @Test
    void namesTheServerInBothFamilies() {
      assertThat(LeafNames.in(leaf(open(Duration.ZERO, "HSM5.managedhsm.localhost"))))
          .containsExactly(
              "*.blob.core.windows.net",
              "*.blob.localhost",
              "*.managedhsm.azure.net",
              "*.managedhsm.localhost",
              "0:0:0:0:0:0:0:1",
              "127.0.0.1",
              "hsm1.managedhsm.azure.net",
              "hsm1.managedhsm.localhost",
              "hsm5.managedhsm.localhost",
              "localhost",
              "login.localhost",
              "login.microsoftonline.com",
              "management.azure.com",
              "management.localhost");
    }

    @Test
    void makesCertificatesOfTheRightLife() {
      ServerCertificate made = open(Duration.ZERO);
      Instant begin = START.minus(CertificateMaker.BACKDATED);
      for (X509Certificate certificate : made.chain()) {
        assertThat(certificate.getNotBefore().toInstant()).isEqualTo(begin);
      }
      assertThat(leaf(made).getNotAfter().toInstant()).isEqualTo(begin.plus(Duration.ofDays(365)));
      assertThat(made.chain().get(1).getNotAfter().toInstant())
          .isEqualTo(begin.plus(Duration.ofDays(3650)));
    }

    @Test
    void keepsTheRootsKeyNowhere() throws Exception {
      open(Duration.ZERO);
      Pem issuing = Pem.parse(content(AuthorityFiles.ISSUING));
      assertThat(issuing.keys()).hasSize(1);
      assertThat(
              new KeyedCertificate(issuing.certificates().get(0), issuing.keys().get(0)).matches())
          .isTrue();
      assertThat(String.join("", files().values()).split("BEGIN PRIVATE KEY", -1)).hasSize(3);
    }

    @Test
    void leavesOnlyItsFilesReadableByNobodyElse() throws IOException {
      assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
      open(Duration.ZERO).trust().write();
      assertThat(files())
          .containsOnlyKeys(
              "ca-bundle.pem",
              "ca.pem",
              "issuing-ca.pem",
              "lock",
              "server.pem",
              "trust.stamp",
              "truststore.p12");
      assertThat(mode(folder)).isEqualTo("rwx------");
      assertThat(mode(temp.resolve("home"))).isEqualTo("rwx------");
      for (String file : files().keySet()) {
        assertThat(mode(folder.resolve(file))).as(file).isEqualTo("rw-------");
      }
    }

    @Test
    void isUnlikeAnyOther() {
      ServerCertificate one = open(Duration.ZERO);
      folder = temp.resolve("other");
      ServerCertificate two = open(Duration.ZERO);
      X509Certificate a = one.chain().get(1);
      X509Certificate b = two.chain().get(1);
      assertThat(a.getSubjectX500Principal()).isNotEqualTo(b.getSubjectX500Principal());
      assertThat(a.getIssuerX500Principal()).isNotEqualTo(b.getIssuerX500Principal());
      assertThat(a.getExtensionValue("2.5.29.14")).isNotEqualTo(b.getExtensionValue("2.5.29.14"));
      assertThat(a.getSerialNumber()).isNotEqualTo(b.getSerialNumber()).isPositive();
    }

    @Test
    void saysNothingOfTheKeyInText() {
      ServerCertificate made = open(Duration.ZERO);
      assertThat(made.toString()).isEqualTo("ServerCertificate[CN=Local HSM server, O=Local HSM]");
    }

    private String mode(Path path) throws IOException {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
  }

  @Nested
  @DisplayName("A later start")
  class Later {
    @Test
    void changesNoByte() throws IOException {
      ServerCertificate first = open(Duration.ZERO);
      first.trust().write();
      Map<String, String> before = files();
      ServerCertificate second = open(Duration.ofDays(100));
      assertThat(second.trust().current()).isTrue();
      second.trust().write();
      assertThat(files()).isEqualTo(before);
      assertThat(second.chain()).isEqualTo(first.chain());
      assertThat(second.key()).isEqualTo(first.key());
    }

    @ParameterizedTest
    @CsvSource({"P334DT22H59M59S, true", "P334DT23H, true", "P334DT23H1S, false", "P400D, false"})
    void keepsTheServersCertificateUntil30DaysAreLeft(Duration later, boolean kept) {
      ServerCertificate first = open(Duration.ZERO);
      ServerCertificate second = open(later);
      assertThat(second.chain().get(1)).isEqualTo(first.chain().get(1));
      assertThat(leaf(second).equals(leaf(first))).isEqualTo(kept);
      assertThat(leaf(second).getNotAfter().toInstant()).isAfter(START.plus(later));
      assertThat(second.notices()).isEmpty();
    }

    @Test
    void makesTheServersCertificateAnewForOtherNames() {
      ServerCertificate first = open(Duration.ZERO);
      ServerCertificate second = open(Duration.ZERO, "hsm5.managedhsm.localhost");
      assertThat(leaf(second)).isNotEqualTo(leaf(first));
      assertThat(second.chain().get(1)).isEqualTo(first.chain().get(1));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"nothing", "garbage", "\u00ff\u00fe", "cut", "another key", "another CA"})
    void makesTheServersCertificateAnewWhenItsFileIsBad(String damage) throws Exception {
      ServerCertificate first = open(Duration.ZERO);
      String good = content(LeafFile.NAME);
      Pem pem = Pem.parse(good);
      CertificateMaker maker =
          new CertificateMaker(Clock.fixed(START, ZoneOffset.UTC), new SecureRandom());
      KeyedCertificate foreign =
          maker.leaf(maker.authority(PermittedNames.SHARED), LeafNames.of(names()));
      Map<String, String> bad =
          Map.of(
              "nothing", "",
              "cut", good.substring(0, good.length() - 60),
              "another key", new Pem(pem.certificates(), List.of(foreign.key())).text(),
              "another CA", new Pem(List.of(foreign.certificate()), List.of(foreign.key())).text());
      edit(LeafFile.NAME, bad.getOrDefault(damage, damage));
      ServerCertificate second = open(Duration.ZERO);
      assertThat(leaf(second)).isNotEqualTo(leaf(first));
      leaf(second).verify(first.chain().get(1).getPublicKey());
      assertThat(open(Duration.ZERO).chain()).isEqualTo(second.chain());
    }

    @Test
    void keepsTheServersKeyInMemoryWhenAsked() throws IOException {
      ServerCertificate first = at(Duration.ZERO).openWithoutServerKey(folder, names());
      ServerCertificate second = at(Duration.ZERO).openWithoutServerKey(folder, names());
      assertThat(files()).containsOnlyKeys("ca.pem", "issuing-ca.pem", "lock");
      assertThat(second.chain().get(1)).isEqualTo(first.chain().get(1));
      assertThat(leaf(second)).isNotEqualTo(leaf(first));
    }

    @ParameterizedTest
    @CsvSource({"P3619DT23H, false", "P3619DT23H1S, true", "P3649DT23H, true"})
    void makesANewCaWhenLessThan30DaysAreLeft(Duration later, boolean renewed) throws IOException {
      ServerCertificate first = open(Duration.ZERO);
      String root = content(AuthorityFiles.ROOT);
      ServerCertificate second = open(later);
      assertThat(!second.chain().get(1).equals(first.chain().get(1))).isEqualTo(renewed);
      assertThat(!content(AuthorityFiles.ROOT).equals(root)).isEqualTo(renewed);
      assertThat(second.notices()).hasSize(renewed ? 1 : 0);
      assertThat(open(later).notices()).isEmpty();
    }
  }

  @Nested
  @DisplayName("After a crash, a start")
  class Crash {
    @Test
    void putsBackTheRootForClients() throws IOException {
      open(Duration.ZERO);
      Map<String, String> before = files();
      Files.delete(folder.resolve(AuthorityFiles.ROOT));
      open(Duration.ZERO);
      assertThat(files()).isEqualTo(before);
    }

    @Test
    void overwritesHalfAFile() throws IOException {
      Files.createDirectories(folder);
      edit(AuthorityFiles.ISSUING + ".part", "half");
      edit(LeafFile.NAME + ".part", "half");
      open(Duration.ZERO);
      assertThat(files()).containsOnlyKeys("ca.pem", "issuing-ca.pem", "lock", "server.pem");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ca-bundle.pem", "truststore.p12", "trust.stamp"})
    void makesTheTrustFilesAgain(String missing) throws IOException {
      open(Duration.ZERO).trust().write();
      Files.delete(folder.resolve(missing));
      ServerCertificate second = open(Duration.ZERO);
      assertThat(second.trust().current()).isFalse();
      second.trust().write();
      assertThat(second.trust().current()).isTrue();
      assertThat(folder.resolve(missing)).isNotEmptyFile();
    }
  }

  @Nested
  @DisplayName("A CA that is not as it was")
  class Damaged {
    @ParameterizedTest
    @ValueSource(strings = {"nothing", "garbage", "cut", "no key", "another key", "another root"})
    void stopsTheStart(String damage) throws Exception {
      open(Duration.ZERO);
      String good = content(AuthorityFiles.ISSUING);
      Pem pem = Pem.parse(good);
      CertificateAuthority other =
          new CertificateMaker(Clock.fixed(START, ZoneOffset.UTC), new SecureRandom())
              .authority(PermittedNames.SHARED);
      Map<String, String> bad =
          Map.of(
              "nothing", "",
              "cut", good.substring(0, good.length() - 60),
              "no key", new Pem(pem.certificates(), List.of()).text(),
              "another key", new Pem(pem.certificates(), List.of(other.key())).text(),
              "another root",
                  new Pem(List.of(pem.certificates().get(0), other.root()), pem.keys()).text());
      edit(AuthorityFiles.ISSUING, bad.getOrDefault(damage, damage));
      refuses(Duration.ZERO, AuthorityFiles.ISSUING);
    }

    @Test
    void stopsTheStartWhenClientsHoldAnotherRoot() throws IOException {
      open(Duration.ZERO);
      String root = content(AuthorityFiles.ROOT);
      edit(AuthorityFiles.ROOT, root + "\n");
      refuses(Duration.ZERO, AuthorityFiles.ROOT);
    }

    @Test
    void stopsTheStartWhenItsKeyIsGone() throws IOException {
      open(Duration.ZERO);
      Files.delete(folder.resolve(AuthorityFiles.ISSUING));
      refuses(Duration.ZERO, AuthorityFiles.ROOT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"P3649DT23H1S", "P4000D", "-PT1H1S"})
    void stopsTheStartOutsideItsTime(Duration later) throws IOException {
      open(Duration.ZERO);
      refuses(later, AuthorityFiles.ISSUING);
    }

    private void refuses(Duration later, String file) throws IOException {
      Map<String, String> before = files();
      assertThatExceptionOfType(TlsFolderException.class)
          .isThrownBy(() -> open(later))
          .withMessageContaining(folder.resolve(file).toString())
          .withMessageContaining("delete ca.pem and issuing-ca.pem");
      assertThat(files()).isEqualTo(before);
      Files.deleteIfExists(folder.resolve(AuthorityFiles.ROOT));
      Files.deleteIfExists(folder.resolve(AuthorityFiles.ISSUING));
      assertThat(open(later).chain()).hasSize(2);
    }
  }

  @Nested
  @DisplayName("A name outside the families")
  class OwnCa {
    @Test
    void getsACaOfItsOwnAndANotice() throws IOException {
      ServerCertificate shared = open(Duration.ZERO);
      Map<String, String> before = files();
      ServerCertificate own = open(Duration.ZERO, "vault.corp.example", "10.0.0.1");
      assertThat(own.notices())
          .singleElement()
          .asString()
          .contains("10.0.0.1, vault.corp.example", own.trust().caPem().toString());
      assertThat(own.trust().caPem().resolveSibling("..").normalize()).isEqualTo(folder);
      assertThat(own.chain().get(1)).isNotEqualTo(shared.chain().get(1));
      assertThat(LeafNames.in(leaf(own))).contains("10.0.0.1", "vault.corp.example", "localhost");
      assertThat(files()).containsAllEntriesOf(before);
    }

    @Test
    void keepsIt() {
      ServerCertificate first = open(Duration.ZERO, "vault.corp.example", "10.0.0.1");
      open(Duration.ZERO);
      open(Duration.ZERO, "vault.corp.example");
      assertThat(open(Duration.ZERO, "10.0.0.1", "VAULT.corp.example").chain())
          .isEqualTo(first.chain());
    }
  }

  @Nested
  @DisplayName("Starts at once")
  class AtOnce {
    @Test
    void shareOneCaAndOneCertificate() throws Exception {
      ExecutorService threads = Executors.newFixedThreadPool(4);
      try {
        List<Future<ServerCertificate>> starts =
            IntStream.range(0, 8).mapToObj(i -> threads.submit(() -> open(Duration.ZERO))).toList();
        ServerCertificate first = starts.get(0).get();
        for (Future<ServerCertificate> start : starts) {
          assertThat(start.get().chain()).isEqualTo(first.chain());
        }
      } finally {
        threads.shutdownNow();
      }
    }

    @Test
    void waitForTheLock() throws Exception {
      Files.createDirectories(folder);
      ExecutorService threads = Executors.newSingleThreadExecutor();
      Future<ServerCertificate> start;
      try (FileChannel channel =
              FileChannel.open(
                  folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          var held = channel.lock()) {
        assertThat(held.isValid()).isTrue();
        start = threads.submit(() -> open(Duration.ZERO));
        assertThat(folder.resolve(AuthorityFiles.ISSUING)).doesNotExist();
      } finally {
        threads.shutdown();
      }
      assertThat(start.get().chain()).hasSize(2);
    }
  }

  @Test
  void aFolderThatCannotBeMadeIsNamed() throws IOException {
    Files.createDirectories(temp.resolve("home"));
    Files.writeString(folder, "a file");
    assertThatExceptionOfType(TlsFolderException.class)
        .isThrownBy(() -> open(Duration.ZERO))
        .withMessageContaining(folder.toString());
  }
}
