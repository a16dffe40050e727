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

  private static final String POLICY =
      "{\"lifetimeActions\":[{\"trigger\":{\"timeAfterCreate\":\"P90D\"},"
          + "\"action\":{\"type\":\"Rotate\"}}]}";
  private static final String READERS = "admin user auditor";
  private static final String USERS = "admin user";
  private static final String OFFICERS = "admin officer";

  /** Written by hand from the tables of built-in roles and of the operations' data actions. */
  private static final List<Operation> OPERATIONS =
      List.of(
          on("GET /keys/KEY", "keys/read/action", READERS, "200 404"),
          on("GET /keys/KEY/" + "0".repeat(32), "keys/read/action", READERS, "404 404"),
          on("GET /keys/KEY/versions", "keys/read/action", READERS, "200 200"),
          on("GET /keys", "keys/read/action", READERS, "200 200"),
          on("POST /keys/KEY/create", "{\"kty\":\"oct\"}", "keys/create", USERS, "200 200"),
          on("PUT /keys/KEY", imported(), "keys/import/action", USERS, "200 200"),
          on("PATCH /keys/KEY", "{}", "keys/write/action", USERS, "200 404"),
          on("PATCH /keys/KEY/" + "0".repeat(32), "{}", "keys/write/action", USERS, "404 404"),
          on("DELETE /keys/KEY", "keys/delete", USERS, "200 404"),
          on("POST /keys/KEY/backup", "keys/backup/action", "admin user backup", "200 404"),
          on("POST /keys/restore", "{\"value\":\"x\"}", "keys/restore/action", USERS, "400 400"),
          on("POST /keys/KEY/rotate", "keys/rotate/action", USERS, "400 404"),
          on("GET /keys/KEY/rotationpolicy", "keys/read/action", READERS, "200 404"),
          on("PUT /keys/KEY/rotationpolicy", POLICY, "keys/write/action", USERS, "200 404"),
          use("sign", body("HS256", DIGEST), "keys/sign/action"),
          use("verify", verify(), "keys/verify/action"),
          use("encrypt", body("A256GCM", "AAAA"), "keys/encrypt/action"),
          use("decrypt", body("A256CBC", "AAAA"), "keys/decrypt/action"),
          use("wrapkey", body("A256KW", DIGEST), "keys/wrap/action"),
          use("unwrapkey", body("A256KW", DIGEST), "keys/unwrap/action"),
          on(
              "GET /deletedkeys",
              "keys/deletedKeys/read/action",
              "admin officer auditor",
              "200 200"),
          on(
              "GET /deletedkeys/DELETED",
              "keys/deletedKeys/read/action",
              "admin officer auditor",
              "200 404"),
          on(
              "POST /deletedkeys/DELETED/recover",
              "keys/deletedKeys/recover/action",
              OFFICERS,
              "200 404"),
          on("DELETE /deletedkeys/DELETED", "keys/deletedKeys/delete", OFFICERS, "204 404"),
          on("POST /rng", "{\"count\":8}", "rng/action", USERS, "200 200"));

  private TestHsm hsm;
  private Wire wire;
  private int count;
  private final Map<String, String> tokens = new HashMap<>();

  /**
   * One of them.
   *
   * @param statuses with a key in the right state, and without a key
   */
  private record Operation(
      String verb,
      String path,
      String body,
      String action,
      List<String> allowed,
      List<Integer> statuses) {

    String target(String key) {
      return path.replace("KEY", key).replace("DELETED", key) + VERSION;
    }

    String scope(String key) {
      if (path.equals("/rng")) {
        return "/";
      }
      return path.contains("KEY") || path.contains("DELETED") ? "/keys/" + key : "/keys";
    }
  }

  private static Operation on(String call, String action, String allowed, String statuses) {
    return on(call, "", action, allowed, statuses);
  }

  private static Operation on(
      String call, String body, String action, String allowed, String statuses) {
    String[] parts = call.split(" ", 2);
    return new Operation(
        parts[0],
        parts[1],
        body,
        action,
        List.of(allowed.split(" ", -1)),
        Stream.of(statuses.split(" ", -1)).map(Integer::valueOf).toList());
  }

  private static Operation use(String word, String body, String action) {
    String existing = word.equals("decrypt") || word.equals("unwrapkey") ? "400" : "200";
    return on("POST /keys/KEY/" + word, body, action, USERS, existing + " 404");
  }

  private static String body(String alg, String value) {
    return "{\"alg\":\"" + alg + "\",\"value\":\"" + value + "\"}";
  }

  private static String verify() {
    return "{\"alg\":\"HS256\",\"digest\":\"" + DIGEST + "\",\"value\":\"AAAA\"}";
  }

  private static String imported() {
    return "{\"key\":{\"kty\":\"oct\",\"k\":\"AAECAwQFBgcICQoLDA0ODw\"}}";
  }

  @BeforeAll
  void start(@TempDir Path folder) {
    hsm = TestHsm.start(TestHsm.config(folder), folder);
    wire = hsm.connect();
    IDENTITIES.forEach(identity -> tokens.put(identity, hsm.token(identity)));
    make("existing");
  }

  private void make(String key) {
    Answer made =
        wire.as(token("user"), "POST", "/keys/" + key + "/create" + VERSION, "{\"kty\":\"oct\"}");
    assertThat(made.status()).as(made.body()).isEqualTo(200);
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
      String key = "key-" + count++;
      make(key);
      if (operation.path.contains("DELETED")) {
        wire.as(token("user"), "DELETE", "/keys/" + key + VERSION, "");
      }
      assertThat(send(operation, identity, key).status()).isEqualTo(operation.statuses.get(0));
      assertThat(send(operation, identity, "missing-" + count++).status())
          .isEqualTo(operation.statuses.get(1));
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
