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
            "{\"exp\":253402300800}"));
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
      for (String alg : List.of("RSA_OAEP", "A128GCM", "A256KW", "RS256", "")) {
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
