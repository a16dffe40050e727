package localhsm.server.keys;

import static org.assertj.core.api.Assertions.assertThat;

import localhsm.keys.FoundKey;
import org.junit.jupiter.api.Test;

class UnwrapKeyHandlerTest {
  private final KeysApi api = new KeysApi();

  @Test
  void answersTheKeyWithItsAlgorithm() {
    FoundKey key = api.rsa("a");
    String there = api.post("/keys/a/wrapKey", "{\"alg\":\"RSA-OAEP-256\",\"value\":\"aHVzaA\"}");
    String ciphertext = SignHandlerTest.valueOf(there);
    String result = "{\"alg\":\"RSA-OAEP-256\",\"kid\":\"" + KeysApi.kid(key) + "\",\"value\":\"";
    String back =
        api.post(
            "/keys/a/" + key.version().version() + "/unwrapkey",
            "{\"alg\":\"RSA-OAEP-256\",\"value\":\"" + ciphertext + "\"}");
    assertThat(back).isEqualTo(result + "aHVzaA\"}");
  }

  @Test
  void saysTheSameOfEveryFailure() {
    api.rsa("a");
    for (String wrong : new String[] {"", "AAAA", "A".repeat(342), "_".repeat(342)}) {
      assertThat(
              api.refusalOfPost(
                      "/keys/a/unwrapkey", "{\"alg\":\"RSA-OAEP\",\"value\":\"" + wrong + "\"}")
                  .message())
          .isEqualTo("The parameter is incorrect.");
    }
  }
}
