package localhsm.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import localhsm.schema.AnswerCheck;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The whole keys API")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WholeApiTest {
  private TestHsm hsm;
  private Wire wire;
  private KeysApiWalk walk;

  @BeforeAll
  void start(@TempDir Path folder) {
    hsm = TestHsm.start(TestHsm.config(folder), folder);
    wire = hsm.connect();
    walk = new KeysApiWalk(wire, hsm.token("admin"));
  }

  @AfterAll
  void stop() {
    wire.close();
    hsm.close();
  }

  @Test
  void createsReadsAndUpdates() {
    walk.createsReadsAndUpdates();
  }

  @Test
  void listsKeysAndVersions() {
    walk.listsKeysAndVersions();
  }

  @Test
  void imports() {
    walk.imports();
  }

  @Test
  void signsAndVerifies() throws Exception {
    walk.signsAndVerifies();
  }

  @Test
  void encryptsAndWraps() {
    walk.encryptsAndWraps();
  }

  @Test
  void deletesRecoversAndPurges() {
    walk.deletesRecoversAndPurges();
  }

  @Test
  void backsUpAndRestores() {
    walk.backsUpAndRestores();
  }

  @Test
  void rotates() {
    walk.rotates();
  }

  @Test
  void givesRandomBytes() {
    walk.givesRandomBytes();
  }

  @Test
  void releases() {
    walk.releases();
  }

  @Test
  void wrapsSecurely() throws Exception {
    walk.wrapsSecurely();
  }

  @Test
  void attests() {
    walk.attests();
  }

  @Test
  void missesNoOperation(@TempDir Path folder) throws Exception {
    try (TestHsm fresh = TestHsm.start(TestHsm.config(folder), folder);
        Wire connection = fresh.connect()) {
      new KeysApiWalk(connection, fresh.token("admin")).everything();
      assertThat(connection.succeeded())
          .containsExactlyInAnyOrderElementsOf(AnswerCheck.allOperations());
    }
  }
}
