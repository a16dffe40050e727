package localhsm.server.app;

import static localhsm.server.app.BadInputs.BAD;
import static localhsm.server.app.BadInputs.SIGN;
import static localhsm.server.app.BadInputs.VERSION;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import localhsm.server.app.BadInputs.Row;

/** Bodies that must be refused by the operations of keys. */
final class BadBodies {
  private BadBodies() {}

  static List<Row> bodies() {
    List<Row> rows = new ArrayList<>();
    for (String body :
        List.of(
            "",
            "null",
            "[]",
            "1",
            "\"x\"",
            "{",
            "{}{}",
            "{} x",
            "{\"a\":1,\"a\":2}",
            "{\"alg\":\"ES256\",}",
            "{/**/}",
            "{'a':1}",
            "{\"a\":01}",
            "{\"a\":NaN}",
            "{\"a\":\"\t\"}",
            "\u0000",
            "[".repeat(5_000),
            "{\"a\":".repeat(5_000),
            "{\"" + "k".repeat(5_000) + "\":1}",
            "{\"a\":" + "9".repeat(5_000) + "}")) {
      rows.add(new Row("POST", SIGN, "", body, 400, BAD));
    }
    String digest = base64(32);
    for (String wrong :
        List.of(
            "1",
            "1.5",
            "true",
            "[]",
            "{}",
            "null",
            "1e400",
            "\"\\ud800\"",
            "\"\\u0000\"",
            "[\"" + digest + "\"]")) {
      rows.add(sign("{\"alg\":" + wrong + ",\"value\":\"" + digest + "\"}"));
      rows.add(sign("{\"alg\":\"ES256\",\"value\":" + wrong + "}"));
    }
    for (String value : List.of("+/+/", "!", "A", digest + "==", digest + " ", digest + "\\n")) {
      rows.add(sign("{\"alg\":\"ES256\",\"value\":\"" + value + "\"}"));
    }
    rows.add(sign("{\"value\":\"" + digest + "\"}"));
    rows.add(sign("{\"alg\":\"ES256\"}"));
    return rows;
  }

  private static Row sign(String body) {
    return new Row("POST", SIGN, "", body, 400, BAD);
  }

  /** Every operation that reads a body, with bodies that it cannot read. */
  static List<Row> unreadable() {
    List<Row> rows = new ArrayList<>();
    for (String operation :
        List.of(
            "POST /keys/bad/create",
            "PUT /keys/bad",
            "PATCH /keys/ec",
            "PUT /keys/ec/rotationpolicy",
            "POST /keys/restore",
            "POST /keys/ec/verify",
            "POST /keys/oct/encrypt",
            "POST /keys/oct/decrypt",
            "POST /keys/oct/wrapkey",
            "POST /keys/oct/unwrapkey",
            "POST /rng")) {
      for (String body :
          List.of(
              "",
              "null",
              "[]",
              "{",
              "{} x",
              "{\"a\":1,\"a\":2}",
              "[".repeat(5_000),
              "{\"a\":".repeat(5_000),
              "{\"a\":" + "9".repeat(5_000) + "}")) {
        String[] parts = operation.split(" ", 2);
        rows.add(new Row(parts[0], parts[1] + VERSION, "", body, 400, BAD));
      }
    }
    return rows;
  }

  /** Imports of what is no key. */
  static List<Row> imports() {
    List<Row> rows = new ArrayList<>();
    String ec = "\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"%s\",\"y\":\"%s\",\"d\":\"%s\"";
    String zeros = base64(32);
    for (String jwk :
        List.of(
            "",
            "\"kty\":1",
            "\"kty\":\"AKP\"",
            "\"kty\":\"RSA\"",
            "\"kty\":\"oct\"",
            "\"kty\":\"oct\",\"k\":1",
            "\"kty\":\"oct\",\"k\":\"+/+/+/+/+/+/+/+/+/+/+w\"",
            "\"kty\":\"oct\",\"k\":\"" + base64(17) + "\"",
            "\"kty\":\"oct\",\"k\":\"" + base64(100_000) + "\"",
            "\"kty\":\"oct\",\"k\":\"" + base64(16) + "\",\"key_ops\":[\"fly\"]",
            "\"kty\":\"oct\",\"k\":\"" + base64(16) + "\",\"k\":\"" + base64(16) + "\"",
            "\"kty\":\"EC\",\"crv\":\"P-256\"",
            ec.formatted(zeros, zeros, zeros),
            ec.formatted("", "", ""),
            ec.formatted(base64(10_000), base64(10_000), base64(10_000)),
            ec.formatted("\\ud800", zeros, zeros),
            rsa(base64(256), "AQAB"),
            rsa("", ""),
            rsa(base64(20_000), base64(20_000)),
            "\"kty\":\"RSA-HSM\",\"key_hsm\":1",
            "\"kty\":\"RSA-HSM\",\"key_hsm\":\"\"",
            "\"kty\":\"RSA-HSM\",\"key_hsm\":\"e30\"",
            "\"kty\":\"RSA-HSM\",\"key_hsm\":\"" + base64(5_000) + "\"")) {
      rows.add(new Row("PUT", "/keys/bad" + VERSION, "", "{\"key\":{" + jwk + "}}", 400, BAD));
    }
    for (String body : List.of("{}", "{\"key\":null}", "{\"key\":\"x\"}", "{\"key\":[]}")) {
      rows.add(new Row("PUT", "/keys/bad" + VERSION, "", body, 400, BAD));
    }
    return rows;
  }

  private static String rsa(String n, String other) {
    StringBuilder jwk = new StringBuilder("\"kty\":\"RSA\",\"n\":\"" + n + "\"");
    for (String member : List.of("e", "d", "p", "q", "dp", "dq", "qi")) {
      jwk.append(",\"").append(member).append("\":\"").append(other).append('"');
    }
    return jwk.toString();
  }

  /** What symmetric algorithms do not take. */
  static List<Row> symmetric() {
    List<Row> rows = new ArrayList<>();
    String iv = ",\"iv\":\"" + base64(16) + "\"";
    for (String op : List.of("encrypt", "wrapkey", "decrypt", "unwrapkey")) {
      for (String alg :
          List.of("A128GCM", "A192CBC", "A128KW", "RSA-OAEP", "A256KWPAD", "a256kw")) {
        rows.add(use("oct", op, alg, "\"value\":\"" + base64(16) + "\"" + iv));
      }
      for (String wrong : List.of("1", "\"!\"", "\"AAAA\"", "[]", "\"+/+/\"")) {
        rows.add(use("oct", op, "A256CBC", "\"value\":\"AAAA\",\"iv\":" + wrong));
        rows.add(use("oct", op, "A256CBCPAD", "\"value\":\"AAAA\",\"iv\":" + wrong));
      }
      rows.add(use("oct", op, "A256KW", "\"value\":\"" + base64(17) + "\""));
      rows.add(use("oct", op, "A256KW", "\"value\":\"\""));
      rows.add(use("oct", op, "A256GCM", "\"value\":\"AAAA\",\"aad\":1"));
    }
    // The HSM alone makes nonces.
    rows.add(use("oct", "encrypt", "A256GCM", "\"value\":\"AAAA\",\"iv\":\"" + base64(12) + "\""));
    for (String rest :
        List.of(
            "",
            ",\"iv\":\"" + base64(12) + "\"",
            ",\"tag\":\"" + base64(16) + "\"",
            ",\"iv\":\"" + base64(11) + "\",\"tag\":\"" + base64(16) + "\"",
            ",\"iv\":\"" + base64(12) + "\",\"tag\":\"" + base64(15) + "\"",
            ",\"iv\":\"" + base64(12) + "\",\"tag\":\"" + base64(16) + "\"")) {
      rows.add(use("oct", "decrypt", "A256GCM", "\"value\":\"AAAA\"" + rest));
    }
    return rows;
  }

  /** Rotation policies and counts of random bytes. */
  static List<Row> policiesAndCounts() {
    List<Row> rows = new ArrayList<>();
    for (String policy :
        List.of(
            "{\"lifetimeActions\":1}",
            "{\"lifetimeActions\":[null]}",
            "{\"lifetimeActions\":[{}]}",
            "{\"attributes\":{\"expiryTime\":\"P1D\"}}",
            "{\"attributes\":{\"expiryTime\":\"\\ud800\"}}",
            "{\"attributes\":{\"expiryTime\":\"P" + "9".repeat(10_000) + "D\"}}",
            "{\"attributes\":{\"expiryTime\":90}}")) {
      rows.add(new Row("PUT", "/keys/ec/rotationpolicy" + VERSION, "", policy, 400, BAD));
    }
    for (String count : List.of("0", "129", "-1", "1.5", "\"1\"", "null", "4294967297", "[1]")) {
      rows.add(new Row("POST", "/rng" + VERSION, "", "{\"count\":" + count + "}", 400, BAD));
    }
    rows.add(new Row("POST", "/keys/ec/rotate" + VERSION, "", "", 400, BAD));
    for (String blob : List.of("", "x", base64(10_000), "a.b.c.d.e", "eyJhbGciOiJkaXIifQ....")) {
      rows.add(
          new Row(
              "POST",
              "/keys/restore" + VERSION,
              "",
              "{\"value\":\"" + blob + "\"}",
              400,
              "MalformedBackupBlob"));
    }
    return rows;
  }

  static List<Row> creations() {
    Map<String, List<String>> wrong = new LinkedHashMap<>();
    wrong.put(
        "kty",
        List.of(
            "1",
            "null",
            "\"\"",
            "\"ec\"",
            "\"RSA-hsm\"",
            "\"\\ud800\"",
            "\"" + "x".repeat(100_000) + "\""));
    wrong.put("crv", List.of("1", "\"\"", "\"P-224\"", "\"p-256\"", "[]"));
    wrong.put("key_ops", List.of("1", "\"sign\"", "[1]", "[\"fly\"]", "[\"import\",\"sign\"]"));
    wrong.put(
        "attributes",
        List.of(
            "1",
            "[]",
            "{\"enabled\":1}",
            "{\"enabled\":\"true\"}",
            "{\"exp\":-1}",
            "{\"exp\":1.5}",
            "{\"exp\":\"1\"}",
            "{\"nbf\":99999999999999999999}",
            "{\"exp\":253402300800}",
            "{\"exportable\":1}",
            "{\"exportable\":true}",
            "{\"external_key\":{}}",
            "{\"external_key\":{\"id\":\"a\"}}"));
    wrong.put(
        "tags",
        List.of(
            "1",
            "[]",
            "{\"a\":1}",
            "{\"a\":null}",
            "{\"a\":\"\\udc00\"}",
            "{\"" + "a".repeat(257) + "\":\"\"}",
            "{\"a\":\"" + "a".repeat(257) + "\"}"));
    List<Row> rows = new ArrayList<>();
    wrong.forEach(
        (member, values) ->
            values.forEach(value -> rows.add(create(member, value, "\"kty\":\"EC\""))));
    for (String size :
        List.of("0", "-1", "1024", "2047", "16384", "2147483648", "\"2048\"", "2e3")) {
      rows.add(create("key_size", size, "\"kty\":\"RSA\""));
    }
    for (String size : List.of("0", "64", "129", "512", "-256", "2147483648", "\"256\"", "256.0")) {
      rows.add(create("key_size", size, "\"kty\":\"oct\""));
    }
    for (String policy :
        List.of("1", "[]", "{}", "{\"data\":1}", "{\"data\":\"!\"}", "{\"data\":\"e30\"}")) {
      rows.add(
          create("release_policy", policy, "\"kty\":\"EC\",\"attributes\":{\"exportable\":true}"));
    }
    for (String exponent : List.of("1", "2", "4", "-3", "65536", "4294967297")) {
      rows.add(create("public_exponent", exponent, "\"kty\":\"RSA\""));
    }
    return rows;
  }

  private static Row create(String member, String value, String rest) {
    String body = "{\"" + member + "\":" + value + (member.equals("kty") ? "}" : "," + rest + "}");
    return new Row("POST", "/keys/bad/create" + VERSION, "", body, 400, BAD);
  }

  static List<Row> digests() {
    Map<String, List<String>> right =
        Map.of(
            "ec", List.of("ES256"),
            "p256k", List.of("ES256K"),
            "p384", List.of("ES384"),
            "p521", List.of("ES512"),
            "rsa", List.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"));
    List<Row> rows = new ArrayList<>();
    for (String key : List.of("ec", "p256k", "p384", "p521", "rsa")) {
      for (String alg :
          List.of(
              "RS256",
              "RS384",
              "RS512",
              "PS256",
              "PS384",
              "PS512",
              "ES256",
              "ES256K",
              "ES384",
              "ES512",
              "HS256",
              "HS512",
              "none",
              "es256",
              "RSA-OAEP",
              "")) {
        int fitting = digestBytes(alg);
        for (int bytes : List.of(0, fitting - 1, fitting, fitting + 1, 100_000)) {
          if (bytes != fitting || !right.getOrDefault(key, List.of()).contains(alg)) {
            String value = base64(bytes);
            rows.add(use(key, "sign", alg, "\"value\":\"" + value + "\""));
            rows.add(use(key, "verify", alg, "\"digest\":\"" + value + "\",\"value\":\"AAAA\""));
          }
        }
      }
    }
    rows.add(use("rsa", "sign", "RSNULL", "\"value\":\"" + base64(246) + "\""));
    return rows;
  }

  private static int digestBytes(String alg) {
    return alg.endsWith("384") ? 48 : alg.endsWith("512") ? 64 : 32;
  }

  static List<Row> ciphers() {
    List<Row> rows = new ArrayList<>();
    Map<String, Integer> most = Map.of("RSA-OAEP", 214, "RSA-OAEP-256", 190, "RSA1_5", 245);
    for (String op : List.of("encrypt", "wrapkey")) {
      most.forEach(
          (alg, bytes) -> rows.add(use("rsa", op, alg, "\"value\":\"" + base64(bytes + 1) + "\"")));
      for (String alg : List.of("RSA_OAEP", "A128GCM", "A256KW", "A256KWPAD", "RS256", "")) {
        rows.add(use("rsa", op, alg, "\"value\":\"AAAA\""));
      }
      rows.add(
          new Row(
              "POST",
              "/keys/ec/" + op + VERSION,
              "",
              "{\"alg\":\"RSA-OAEP\",\"value\":\"AAAA\"}",
              403,
              "Forbidden"));
    }
    rows.add(
        new Row(
            "POST",
            "/keys/off/sign" + VERSION,
            "",
            "{\"alg\":\"ES256\",\"value\":\"" + base64(32) + "\"}",
            403,
            "Forbidden"));
    return rows;
  }

  private static Row use(String key, String op, String alg, String rest) {
    String body = "{\"alg\":\"" + alg + "\"," + rest + "}";
    return new Row("POST", "/keys/" + key + "/" + op + VERSION, "", body, 400, BAD);
  }

  private static String base64(int bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[bytes]);
  }
}
