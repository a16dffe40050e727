package localhsm.server.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
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

  /** Valid bodies by verb and path; each key is made by {@link #createKeys}. */
  private static final Map<String, String> VALID =
      Map.ofEntries(
          Map.entry(
              "POST /keys/new/create",
              "{\"kty\":\"EC\",\"crv\":\"P-256\",\"key_ops\":[\"sign\"],\"tags\":{\"a\":\"b\"},"
                  + "\"attributes\":{\"enabled\":true,\"nbf\":1,\"exp\":2}}"),
          Map.entry(
              "PUT /keys/new",
              "{\"key\":{\"kty\":\"oct\",\"k\":\"AAECAwQFBgcICQoLDA0ODw\",\"key_ops\":[\"sign\"]},"
                  + "\"tags\":{\"a\":\"b\"},\"attributes\":{\"enabled\":true}}"),
          Map.entry(
              "PATCH /keys/ec",
              "{\"key_ops\":[\"sign\"],\"tags\":{\"a\":\"b\"},\"attributes\":{\"enabled\":true}}"),
          Map.entry(
              "PUT /keys/ec/rotationpolicy",
              "{\"attributes\":{\"expiryTime\":\"P90D\"},\"lifetimeActions\":[{\"action\":"
                  + "{\"type\":\"Rotate\"},\"trigger\":{\"timeBeforeExpiry\":\"P30D\"}}]}"),
          Map.entry("POST /keys/ec/sign", OPERATION.formatted("ES256", DIGEST)),
          Map.entry(
              "POST /keys/ec/verify",
              "{\"alg\":\"ES256\",\"digest\":\"" + DIGEST + "\",\"value\":\"AAAA\"}"),
          Map.entry("POST /keys/rsa/encrypt", OPERATION.formatted("RSA1_5", "AAAA")),
          Map.entry("POST /keys/rsa/decrypt", OPERATION.formatted("RSA-OAEP", CIPHERTEXT)),
          Map.entry("POST /keys/rsa/wrapkey", OPERATION.formatted("RSA-OAEP", "AAAA")),
          Map.entry("POST /keys/rsa/unwrapkey", OPERATION.formatted("RSA-OAEP-256", CIPHERTEXT)),
          Map.entry(
              "POST /keys/oct/encrypt",
              "{\"alg\":\"A256CBCPAD\",\"value\":\"AAAA\",\"iv\":\"AAAAAAAAAAAAAAAAAAAAAA\"}"),
          Map.entry(
              "POST /keys/oct/decrypt",
              "{\"alg\":\"A256GCM\",\"value\":\"AAAA\",\"iv\":\"AAAAAAAAAAAAAAAA\","
                  + "\"tag\":\"AAAAAAAAAAAAAAAAAAAAAA\",\"aad\":\"AAAA\"}"),
          Map.entry("POST /keys/restore", "{\"value\":\"eyJhbGciOiJkaXIifQ\"}"));

  /** Bodies that wish nothing: an empty object is valid there. */
  private static final Set<String> MAY_BE_EMPTY =
      Set.of("PATCH /keys/ec", "PUT /keys/ec/rotationpolicy");

  private final KeysApi api = new KeysApi();

  static Stream<String> paths() {
    return VALID.keySet().stream().sorted();
  }

  private static Request request(String operation, byte[] body) {
    String[] parts = operation.split(" ", 2);
    return TestRequests.of(Verb.of(parts[0]), parts[1] + KeysApi.V, body);
  }

  private void createKeys() {
    api.ec("ec");
    api.rsa("rsa");
    api.post("/keys/oct/create", "{\"kty\":\"oct\"}");
  }

  @ParameterizedTest
  @MethodSource("paths")
  void areRefusedWhenTheyAreNoObject(String path) {
    createKeys();
    List<String> bodies =
        List.of("", "[]", "null", "7", "{", "\u0000", "{\"a\":", "[".repeat(50_000), "\"x\"", "{}");
    for (String body : bodies) {
      if (body.equals("{}") && MAY_BE_EMPTY.contains(path)) {
        continue;
      }
      assertThat(api.refusal(request(path, body.getBytes(StandardCharsets.UTF_8))).kind())
          .isEqualTo(Problem.Kind.BAD_PARAMETER);
    }
  }

  @ParameterizedTest
  @MethodSource("paths")
  void areRefusedWhenAnyMemberHasAnotherType(String path) {
    createKeys();
    String valid = VALID.getOrDefault(path, "");
    for (String member :
        List.of(
            "kty",
            "alg",
            "value",
            "digest",
            "iv",
            "tag",
            "aad",
            "k",
            "key_ops",
            "attributes",
            "tags",
            "lifetimeActions",
            "trigger",
            "action",
            "type",
            "timeBeforeExpiry",
            "expiryTime")) {
      for (String wrong :
          List.of("7", "true", "[7]", "[[]]", "{\"enabled\":7,\"expiryTime\":7}", "\"\u00e4 \"")) {
        String changed =
            valid.replaceAll(
                "\"" + member + "\":(\"[^\"]*\"|\\[[^]]*]|\\{[^}]*})",
                "\"" + member + "\":" + wrong.replace("\\", "\\\\"));
        if (!changed.equals(valid)) {
          assertThat(api.refusal(request(path, changed.getBytes(StandardCharsets.UTF_8))).kind())
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
      assertBlamed(request(path.replace("new", "new" + i), mutated));
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
