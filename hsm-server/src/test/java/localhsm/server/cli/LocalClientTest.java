package localhsm.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalClientTest {
  @TempDir Path home;

  private CapturedCaller shell(FakeAuthority server) throws IOException {
    CapturedCaller shell = new CapturedCaller(home);
    ReadyFiles.write(ReadyFiles.usual(shell.caller(), "hsm1"), server.ready());
    return shell;
  }

  private FakeAuthority answering(int status, String body)
      throws IOException, GeneralSecurityException, InterruptedException {
    return new FakeAuthority(home, status, body);
  }

  @Nested
  class Token {

    @Test
    void isAskedForAsAdminForTheHsmAndPrintedAlone() throws Exception {
      try (FakeAuthority server =
          answering(200, "{\"expires_in\":{\"access_token\":\"no\"},\"access_token\":\"a.b.c\"}")) {
        CapturedCaller shell = shell(server);

        assertThat(shell.run("token")).isZero();
        assertThat(shell.out()).isEqualTo("a.b.c\n");
        assertThat(server.requests())
            .singleElement()
            .asString()
            .startsWith("POST /53bd01c3-c5be-4250-8f5d-a35f209f8975/oauth2/v2.0/token ")
            .contains("grant_type=client_credentials")
            .contains("client_id=admin-client")
            .contains("client_secret=s3cret%27of+%24admin")
            .contains("scope=https%3A%2F%2Fmanagedhsm.localhost%3A")
            .contains("%2F.default");
      }
    }

    @Test
    void canBeAnothersForSomethingElse() throws Exception {
      try (FakeAuthority server = answering(200, "{\"access_token\":\"t\"}")) {
        assertThat(shell(server).run("token", "--identity", "user", "--resource", "https://x"))
            .isZero();
        assertThat(server.requests().toString())
            .contains("client_id=user-client", "scope=https%3A%2F%2Fx%2F.default");
      }
    }

    @Test
    void ofAnUnknownIdentityIsAMistakeOfUsage() throws Exception {
      try (FakeAuthority server = answering(200, "{}")) {
        CapturedCaller shell = shell(server);

        assertThat(shell.run("token", "--identity", "me")).isEqualTo(2);
        assertThat(shell.err()).contains("no identity 'me'; there are: admin, user");
        assertThat(server.requests()).isEmpty();
      }
    }

    @Test
    void thatIsRefusedEndsWith1AndTheReason() throws Exception {
      try (FakeAuthority server = answering(401, "{\"error_description\":\"wrong secret\"}")) {
        CapturedCaller shell = shell(server);

        assertThat(shell.run("token")).isEqualTo(1);
        assertThat(shell.out()).isEmpty();
        assertThat(shell.err()).contains("(status 401): wrong secret").doesNotContain("s3cret");
      }
    }

    @Test
    void thatIsMissingInTheAnswerEndsWith1() throws Exception {
      try (FakeAuthority server = answering(200, "<html>")) {
        assertThat(shell(server).run("token")).isEqualTo(1);
      }
    }
  }

  @Nested
  class Healthcheck {

    @Test
    void endsWith0WhenReady() throws Exception {
      try (FakeAuthority server = answering(200, "")) {
        CapturedCaller shell = shell(server);

        assertThat(shell.run("healthcheck")).isZero();
        assertThat(shell.out()).isEmpty();
        assertThat(server.requests()).containsExactly("GET /_localhsm/health/ready ");
      }
    }

    @Test
    void endsWith1WhenNotReady() throws Exception {
      try (FakeAuthority server = answering(503, "")) {
        CapturedCaller shell = shell(server);

        assertThat(shell.run("healthcheck")).isEqualTo(1);
        assertThat(shell.err()).contains("is not ready (status 503)");
      }
    }

    @Test
    void endsWith1WhenNobodyAnswers() throws Exception {
      FakeAuthority server = answering(200, "");
      CapturedCaller shell = shell(server);
      server.close();

      assertThat(shell.run("healthcheck")).isEqualTo(1);
      assertThat(shell.err()).contains("cannot be asked");
    }

    @Test
    void trustsNoOtherCa() throws Exception {
      Path other = Files.createDirectory(home.resolve("other"));
      try (FakeAuthority server = answering(200, "");
          FakeAuthority stranger = new FakeAuthority(other, 200, "")) {
        CapturedCaller shell = shell(server);
        Files.copy(
            stranger.ready().caPem(), server.ready().caPem(), StandardCopyOption.REPLACE_EXISTING);

        assertThat(shell.run("healthcheck")).isEqualTo(1);
        assertThat(server.requests()).isEmpty();
      }
    }
  }
}
