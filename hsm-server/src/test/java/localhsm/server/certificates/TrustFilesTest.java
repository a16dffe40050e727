package localhsm.server.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustFilesTest {
  private static final CertificateMaker MAKER =
      new CertificateMaker(Clock.systemUTC(), new SecureRandom());
  @TempDir Path temp;
  private X509Certificate root;
  private X509Certificate systems;
  private SystemCas system;

  @BeforeEach
  void machine() throws Exception {
    root = MAKER.authority(PermittedNames.SHARED).root();
    systems = MAKER.authority(PermittedNames.SHARED).root();
    system =
        new SystemCas(
            List.of(temp.resolve("none"), temp.resolve("bundle")), temp.resolve("cacerts"));
    javaStore("changeit");
  }

  private void javaStore(String password) throws Exception {
    KeyStore store = KeyStore.getInstance("JKS");
    store.load(null, null);
    store.setCertificateEntry("ca", systems);
    try (var out = Files.newOutputStream(system.javaStore())) {
      store.store(out, password.toCharArray());
    }
  }

  private TrustFiles files() {
    return new TrustFiles(new TlsFolder(temp.resolve("tls")), root, system);
  }

  private TrustFiles written() {
    TrustFiles files = files();
    files.write();
    return files;
  }

  private static List<X509Certificate> in(Path store) throws Exception {
    KeyStore read = KeyStore.getInstance(store.toFile(), TrustFiles.PASSWORD.toCharArray());
    List<X509Certificate> found = new ArrayList<>();
    for (String alias : Collections.list(read.aliases())) {
      found.add((X509Certificate) read.getCertificate(alias));
    }
    return found;
  }

  @Test
  void holdTheRootBesideTheMachinesCas() throws Exception {
    Files.writeString(
        system.bundles().get(1),
        "# the system's\n" + new Pem(List.of(systems), List.of()).text().strip());
    TrustFiles files = written();
    assertThat(in(files.trustStore())).containsExactlyInAnyOrder(root, systems);
    assertThat(Pem.parse(Files.readString(files.bundle())).certificates())
        .containsExactly(systems, root);
  }

  @Test
  void takeTheJdksCasWhereTheSystemHasNoBundle() throws Exception {
    assertThat(Pem.parse(Files.readString(written().bundle())).certificates())
        .containsExactly(systems, root);
  }

  @Test
  void holdTheRootAloneWhereTheMachineHasNone() throws Exception {
    Files.delete(system.javaStore());
    assertThat(in(written().trustStore())).containsExactly(root);
  }

  @Test
  void holdTheRootAloneWhereTheJdksStoreDoesNotOpen() throws Exception {
    javaStore("a password of its own");
    assertThat(in(written().trustStore())).containsExactly(root);
  }

  @Test
  void areWrittenOnceForOneState() throws IOException {
    Files.writeString(written().bundle(), "mark");
    assertThat(Files.readString(written().bundle())).isEqualTo("mark");
  }

  @Test
  void areWrittenAnewWhenTheMachinesCasChange() throws Exception {
    written();
    Files.writeString(system.bundles().get(1), new Pem(List.of(systems), List.of()).text());
    assertThat(files().current()).isFalse();
    written();
    assertThat(files().current()).isTrue();
    Files.delete(system.javaStore());
    assertThat(files().current()).isFalse();
  }

  @Test
  void areWrittenAnewForAnotherRoot() throws Exception {
    written();
    root = MAKER.authority(PermittedNames.SHARED).root();
    assertThat(files().current()).isFalse();
    assertThat(in(written().trustStore())).containsExactlyInAnyOrder(root, systems);
  }
}
