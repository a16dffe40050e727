package localhsm.server.keys;

import static org.assertj.core.api.Assertions.assertThat;

import localhsm.keys.FoundKey;
import org.junit.jupiter.api.Test;

class EncryptHandlerTest {
  private final KeysApi api = new KeysApi();

  @Test
  void answersTheCiphertextWithItsAlgorithm() {
    FoundKey key = api.rsa("a");
    String there = api.post("/keys/a/encrypt", "{\"alg\":\"RSA-OAEP-256\",\"value\":\"aHVzaA\"}");
    String ciphertext = SignHandlerTest.valueOf(there);
    String result = "{\"alg\":\"RSA-OAEP-256\",\"kid\":\"" + KeysApi.kid(key) + "\",\"value\":\"";
    assertThat(there).isEqualTo(result + ciphertext + "\"}");
    assertThat(ciphertext).hasSize(342).isNotEqualTo("aHVzaA");
  }

  @Test
  void refusesAKeyThatLacksTheOperation() {
    api.post("/keys/b/create", "{\"kty\":\"EC\"}");
    assertThat(
            api.refusalOfPost("/keys/b/encrypt", "{\"alg\":\"RSA-OAEP\",\"value\":\"aHVzaA\"}")
                .message())
        .isEqualTo("Operation encrypt is not permitted on this key.");
  }
}
