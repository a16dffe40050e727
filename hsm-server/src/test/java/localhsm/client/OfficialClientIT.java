package localhsm.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import localhsm.schema.AnswerCheck;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The official Java clients against the packaged program. Each client runs in a JVM of its own,
 * which knows the server by its environment alone; trust and names come from the JVM's settings.
 */
@DisplayName("An unmodified Java client")
class OfficialClientIT {
  /** Operations of the newest version that this client has no method for. */
  private static final Set<String> WITHOUT_METHOD = Set.of("securewrapkey", "secureunwrapkey");

  @TempDir Path home;

  @ParameterizedTest
  @EnumSource(Credentials.class)
  void createsAKeyAndSignsWithEveryCredential(Credentials credential) throws Exception {
    try (DevProcess dev = DevProcess.start(home)) {
      assertThat(new ClientProcess(home, dev).run("first-signature", credential).output())
          .contains("PASSED first-signature " + credential);
      assertThat(dev.stop()).isZero();
    }
  }

  @Nested
  class WithTheWholeKeysApi {
    private DevProcess dev;
    private final Set<String> seen = new TreeSet<>();

    @TestFactory
    Stream<DynamicTest> drives() throws Exception {
      dev = DevProcess.start(home);
      Stream<DynamicTest> areas =
          Stream.of(Area.values()).map(area -> dynamicTest(area.toString(), () -> drive(area)));
      return Stream.concat(
              areas, Stream.of(dynamicTest("every operation it has a method for", this::all)))
          .onClose(dev::close);
    }

    private void drive(Area area) throws Exception {
      ClientProcess.Ended ended =
          new ClientProcess(home, dev).run(area.name(), Credentials.MANAGED_IDENTITY);
      assertThat(ended.output()).contains("PASSED " + area.name());
      seen.addAll(ended.succeeded());
    }

    private void all() {
      Set<String> expected = new TreeSet<>(AnswerCheck.allOperations());
      expected.removeAll(WITHOUT_METHOD);
      assertThat(seen).isEqualTo(expected);
    }
  }

  @Nested
  class AfterARestart {
    @Test
    void findsItsKeyUnderTheSameIdAndSignsAgain() throws Exception {
      String data = home.resolve("data").toString();
      String path;
      try (DevProcess dev = DevProcess.start(home, "--data", data)) {
        String output =
            new ClientProcess(home, dev).run("first-signature", Credentials.DEFAULT).output();
        path = output.replaceAll("(?s).*KEY https://[^/]+/(\\S+).*", "$1");
        assertThat(dev.stop()).isZero();
      }
      try (DevProcess dev = DevProcess.start(home, "--data", data)) {
        String id = dev.ready().get("hsmUrl").asText() + "/" + path;
        assertThat(
                new ClientProcess(home, dev)
                    .run("sign-again", Credentials.CLIENT_SECRET, id)
                    .output())
            .contains("PASSED sign-again CLIENT_SECRET");
        assertThat(dev.stop()).isZero();
      }
    }
  }
}
