package localhsm.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import localhsm.server.app.Wire.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Who may do what with keys")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoleMatrixTest {
  private static final String VERSION = "?api-version=7.6";
  private static final String DIGEST = "A".repeat(43);
  private static final List<String> IDENTITIES =
      List.of("admin", "officer", "user", "auditor", "backup", "nobody");

  /** Written by hand from the tables of built-in roles and of the operations' data actions. */
  private static final List<Operation> OPERATIONS =
      List.of(
          get("/keys/KEY", "keys/read/action", "admin user auditor", 404),
          get("/keys/KEY/" + "0".repeat(32), "keys/read/action", "admin user auditor", 404),
          get("/keys/KEY/versions", "keys/read/action", "admin user auditor", 200),
          get("/keys", "keys/read/action", "admin user auditor", 200),
          post("create", "{\"kty\":\"RSA\"}", "keys/create", 200),
          post("sign", use("RS256", DIGEST), "keys/sign/action", 404),
          post("verify", verify(), "keys/verify/action", 404),
          post("encrypt", use("RSA-OAEP", "AAAA"), "keys/encrypt/action", 404),
          post("decrypt", use("RSA-OAEP", "AAAA"), "keys/decrypt/action", 404),
          post("wrapkey", use("RSA-OAEP", "AAAA"), "keys/wrap/action", 404),
          post("unwrapkey", use("RSA-OAEP", "AAAA"), "keys/unwrap/action", 404));

  private TestHsm hsm;
  private Wire wire;
  private final Map<String, String> tokens = new HashMap<>();

  private record Operation(
      String verb, String path, String body, String action, List<String> allowed, int missing) {

    String target(String key) {
      return path.replace("KEY", key) + VERSION;
    }

    String scope(String key) {
      return path.equals("/keys") ? "/keys" : "/keys/" + key;
    }
  }

  private static Operation get(String path, String action, String allowed, int missing) {
    return new Operation("GET", path, "", action, List.of(allowed.split(" ", -1)), missing);
  }

  private static Operation post(String name, String body, String action, int missing) {
    return new Operation(
        "POST", "/keys/KEY/" + name, body, action, List.of("admin", "user"), missing);
  }

  private static String use(String alg, String value) {
    return "{\"alg\":\"" + alg + "\",\"value\":\"" + value + "\"}";
  }

  private static String verify() {
    return "{\"alg\":\"RS256\",\"digest\":\"" + DIGEST + "\",\"value\":\"AAAA\"}";
  }

  @BeforeAll
  void start(@TempDir Path folder) {
    hsm = TestHsm.start(TestHsm.config(folder), folder);
    wire = hsm.connect();
    IDENTITIES.forEach(identity -> tokens.put(identity, hsm.token(identity)));
    Answer made =
        wire.as(token("user"), "POST", "/keys/existing/create" + VERSION, "{\"kty\":\"RSA\"}");
    assertThat(made.status()).isEqualTo(200);
  }

  @AfterAll
  void stop() {
    wire.close();
    hsm.close();
  }

  @TestFactory
  Stream<DynamicTest> followsTheRoles() {
    return OPERATIONS.stream()
        .flatMap(
            operation ->
                IDENTITIES.stream()
                    .map(
                        identity ->
                            dynamicTest(
                                operation.verb + " " + operation.path + " as " + identity,
                                () -> check(operation, identity))));
  }

  private void check(Operation operation, String identity) {
    if (operation.allowed.contains(identity)) {
      assertThat(send(operation, identity, "existing").status()).isNotIn(401, 403, 405, 500);
      String missing = (operation.missing == 200 ? "made-by-" : "missing-") + identity;
      assertThat(send(operation, identity, missing).status()).isEqualTo(operation.missing);
    } else {
      refused(operation, identity, "existing");
      refused(operation, identity, "missing");
      Answer unreadable =
          wire.as(token(identity), operation.verb, operation.target("existing"), "{");
      assertThat(unreadable.status()).isEqualTo(403);
    }
  }

  private void refused(Operation operation, String identity, String key) {
    Answer answer = send(operation, identity, key);
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.json().toString())
        .isEqualTo(
            "{\"error\":{\"code\":\"AccessDenied\",\"message\":\"Not authorized to access "
                + "Microsoft.KeyVault/managedHsm/"
                + operation.action
                + " on "
                + operation.scope(key)
                + " (Activity ID: "
                + answer.header("x-ms-request-id")
                + ")\"}}");
    assertThat(answer.headers()).doesNotContainKey("x-ms-keyvault-region");
  }

  private String token(String identity) {
    return Objects.requireNonNull(tokens.get(identity));
  }

  private Answer send(Operation operation, String identity, String key) {
    return wire.as(token(identity), operation.verb, operation.target(key), operation.body);
  }
}
