package localhsm.server.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import localhsm.problem.Problem;
import localhsm.problem.ProblemException;
import localhsm.server.http.Request;
import localhsm.server.http.TestRequests;
import localhsm.server.http.Verb;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever bytes come as a body: an answer or a refusal that blames the request. */
class HostileBodiesTest {
  private static final String OPERATION = "{\"alg\":\"%s\",\"value\":\"%s\"}";
  private static final String DIGEST = "A".repeat(43);
  private static final String CIPHERTEXT = "A".repeat(342);

  private static final Map<String, String> VALID =
      Map.of(
          "/keys/new/create",
              "{\"kty\":\"EC\",\"crv\":\"P-256\",\"key_ops\":[\"sign\"],\"tags\":{\"a\":\"b\"},"
                  + "\"attributes\":{\"enabled\":true,\"nbf\":1,\"exp\":2}}",
          "/keys/ec/sign", OPERATION.formatted("ES256", DIGEST),
          "/keys/ec/verify", "{\"alg\":\"ES256\",\"digest\":\"" + DIGEST + "\",\"value\":\"AAAA\"}",
          "/keys/rsa/encrypt", OPERATION.formatted("RSA1_5", "AAAA"),
          "/keys/rsa/decrypt", OPERATION.formatted("RSA-OAEP", CIPHERTEXT),
          "/keys/rsa/wrapkey", OPERATION.formatted("RSA-OAEP", "AAAA"),
          "/keys/rsa/unwrapkey", OPERATION.formatted("RSA-OAEP-256", CIPHERTEXT));

  private final KeysApi api = new KeysApi();

  static Stream<String> paths() {
    return VALID.keySet().stream().sorted();
  }

  private static Request post(String path, byte[] body) {
    return TestRequests.of(Verb.POST, path + KeysApi.V, body);
  }

  private void createKeys() {
    api.ec("ec");
    api.rsa("rsa");
  }

  @ParameterizedTest
  @MethodSource("paths")
  void areRefusedWhenTheyAreNoObject(String path) {
    createKeys();
    List<String> bodies =
        List.of("", "[]", "null", "7", "{", "\u0000", "{\"a\":", "[".repeat(50_000), "\"x\"", "{}");
    for (String body : bodies) {
      assertThat(api.refusal(post(path, body.getBytes(StandardCharsets.UTF_8))).kind())
          .isEqualTo(Problem.Kind.BAD_PARAMETER);
    }
  }

  @ParameterizedTest
  @MethodSource("paths")
  void areRefusedWhenAnyMemberHasAnotherType(String path) {
    createKeys();
    String valid = VALID.getOrDefault(path, "");
    for (String member :
        List.of("kty", "alg", "value", "digest", "key_ops", "attributes", "tags")) {
      for (String wrong : List.of("7", "true", "[7]", "[[]]", "{\"enabled\":7}", "\"\u00e4 \"")) {
        String changed =
            valid.replaceAll(
                "\"" + member + "\":(\"[^\"]*\"|\\[[^]]*]|\\{[^}]*})",
                "\"" + member + "\":" + wrong.replace("\\", "\\\\"));
        if (!changed.equals(valid)) {
          assertThat(api.refusal(post(path, changed.getBytes(StandardCharsets.UTF_8))).kind())
              .as(changed)
              .isEqualTo(Problem.Kind.BAD_PARAMETER);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("paths")
  void areNeverABug(String path) {
    createKeys();
    Random random = new Random(path.hashCode());
    byte[] valid = VALID.getOrDefault(path, "").getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 300; i++) {
      byte[] mutated = mutated(valid, random);
      // Every version that is made counts, so each key gets a name of its own.
      assertBlamed(post(path.replace("new", "new" + i), mutated));
    }
    assertEverythingCanBeRead();
  }

  private void assertBlamed(Request request) {
    try {
      assertThat(api.call(request).status()).isEqualTo(200);
    } catch (CompletionException e) {
      String body = new String(request.body(), StandardCharsets.ISO_8859_1);
      assertThat(e.getCause())
          .as(body)
          .isInstanceOfSatisfying(
              ProblemException.class,
              no -> assertThat(no.problem().kind()).isEqualTo(Problem.Kind.BAD_PARAMETER));
    }
  }

  private void assertEverythingCanBeRead() {
    String part = api.get("/keys");
    while (!ListKeysHandlerTest.nextLink(part).isEmpty()) {
      part = api.get(ListKeysHandlerTest.nextLink(part).substring(KeysApi.BASE.length()));
    }
    assertThat(part).endsWith("]}");
  }

  private static byte[] mutated(byte[] valid, Random random) {
    byte[] bytes = valid.clone();
    for (int n = random.nextInt(3); n >= 0; n--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> bytes = java.util.Arrays.copyOf(bytes, at + 1);
        default -> bytes[at] = (byte) "{}[]\",:\\0-".charAt(random.nextInt(10));
      }
    }
    return bytes;
  }

  @Test
  void leaveNoTextThatCannotBeAnswered() {
    String body = "{\"kty\":\"EC\",\"tags\":{\"a\":\"\\ud800\"}}";
    assertThat(api.refusalOfPost("/keys/a/create", body).kind())
        .isEqualTo(Problem.Kind.BAD_PARAMETER);
    assertThat(api.get("/keys")).isEqualTo("{\"value\":[]}");
  }
}
