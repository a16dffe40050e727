package localhsm.server.keys;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VerifyHandlerTest {
  private final KeysApi api = new KeysApi();

  private String verify(String digest, String signature) {
    return api.post(
        "/keys/a/verify",
        "{\"alg\":\"ES256\",\"digest\":\"" + digest + "\",\"value\":\"" + signature + "\"}");
  }

  @Test
  void answersAVerdictAndNothingElse() throws Exception {
    api.ec("a");
    String digest = SignHandlerTest.digest();
    String signature =
        SignHandlerTest.valueOf(
            api.post("/keys/a/sign", "{\"alg\":\"ES256\",\"value\":\"" + digest + "\"}"));
    assertThat(verify(digest, signature)).isEqualTo("{\"value\":true}");
    assertThat(verify(KeysApi.base64Url(new byte[32]), signature)).isEqualTo("{\"value\":false}");
    assertThat(verify(digest, "AAAA")).isEqualTo("{\"value\":false}");
    assertThat(verify(digest, "")).isEqualTo("{\"value\":false}");
  }

  @Test
  void wantsDigestAndSignature() {
    api.ec("a");
    assertThat(
            api.refusalOfPost("/keys/a/verify", "{\"alg\":\"ES256\",\"value\":\"AAAA\"}").message())
        .isEqualTo("Property digest is required.");
    assertThat(
            api.refusalOfPost("/keys/a/verify", "{\"alg\":\"ES256\",\"digest\":\"AAAA\"}")
                .message())
        .isEqualTo("Property value is required.");
  }
}
