package localhsm.server.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import localhsm.keys.FoundKey;
import localhsm.problem.Problem;
import org.junit.jupiter.api.Nested;
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

  @Nested
  class WithASymmetricKey {
    private static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

    private final SecretKeySpec key = new SecretKeySpec(bytes(KEY), "AES");

    private static byte[] bytes(String base64Url) {
      return Base64.getUrlDecoder().decode(base64Url);
    }

    private JsonNode encrypt(String body) throws Exception {
      api.put("/keys/a", "{\"key\":{\"kty\":\"oct\",\"k\":\"" + KEY + "\"}}");
      return new ObjectMapper().readTree(api.post("/keys/a/encrypt", body));
    }

    private static List<String> members(JsonNode json) {
      return json.properties().stream().map(Map.Entry::getKey).toList();
    }

    @Test
    void answersWhatGcmNeedsToDecrypt() throws Exception {
      JsonNode answer = encrypt("{\"alg\":\"A256GCM\",\"value\":\"aHVzaA\",\"aad\":\"YWFk\"}");
      assertThat(members(answer)).containsExactly("aad", "alg", "iv", "kid", "tag", "value");
      assertThat(answer.get("aad").asText()).isEqualTo("YWFk");
      byte[] iv = bytes(answer.get("iv").asText());
      assertThat(iv).hasSize(12);
      Cipher jdk = Cipher.getInstance("AES/GCM/NoPadding");
      jdk.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(128, iv));
      jdk.updateAAD("aad".getBytes(StandardCharsets.US_ASCII));
      jdk.update(bytes(answer.get("value").asText()));
      assertThat(jdk.doFinal(bytes(answer.get("tag").asText()))).asString().isEqualTo("hush");

      ObjectNode back = answer.deepCopy();
      back.remove("kid");
      String plain = api.post("/keys/a/decrypt", back.toString());
      assertThat(members(new ObjectMapper().readTree(plain)))
          .containsExactly("alg", "kid", "value");
      assertThat(SignHandlerTest.valueOf(plain)).isEqualTo("aHVzaA");
    }

    @Test
    void answersTheVectorOfCbc() throws Exception {
      String iv = "AQEBAQEBAQEBAQEBAQEBAQ";
      JsonNode answer =
          encrypt(
              "{\"alg\":\"A256CBCPAD\",\"value\":\"aHVzaA\",\"aad\":\"YWFk\",\"iv\":\""
                  + iv
                  + "\"}");
      assertThat(members(answer)).containsExactly("alg", "iv", "kid", "value");
      assertThat(answer.get("iv").asText()).isEqualTo(iv);
      Cipher jdk = Cipher.getInstance("AES/CBC/PKCS5Padding");
      jdk.init(Cipher.DECRYPT_MODE, key, new IvParameterSpec(bytes(iv)));
      assertThat(jdk.doFinal(bytes(answer.get("value").asText()))).asString().isEqualTo("hush");
    }

    @Test
    void takesNoNonceOfTheCaller() {
      api.post("/keys/b/create", "{\"kty\":\"oct\"}");
      assertThat(
              api.refusalOfPost(
                      "/keys/b/encrypt",
                      "{\"alg\":\"A256GCM\",\"value\":\"aHVzaA\",\"iv\":\"AAAAAAAAAAAAAAAA\"}")
                  .kind())
          .isEqualTo(Problem.Kind.BAD_PARAMETER);
    }
  }
}
