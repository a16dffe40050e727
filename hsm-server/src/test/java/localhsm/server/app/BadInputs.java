package localhsm.server.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Requests that must be refused, with status and code of the refusal. */
final class BadInputs {
  static final String VERSION = "?api-version=7.6";

  /** The keys they are aimed at. */
  static final Map<String, String> KEYS =
      Map.of(
          "ec", "{\"kty\":\"EC\"}",
          "p256k", "{\"kty\":\"EC\",\"crv\":\"P-256K\"}",
          "p384", "{\"kty\":\"EC\",\"crv\":\"P-384\"}",
          "p521", "{\"kty\":\"EC\",\"crv\":\"P-521\"}",
          "rsa", "{\"kty\":\"RSA\"}",
          "oct", "{\"kty\":\"oct\"}",
          "off", "{\"kty\":\"EC\",\"attributes\":{\"enabled\":false}}");

  static final String BAD = "BadParameter";
  private static final String IDENTIFIER = "Invalidkeyidentifier";
  static final String SIGN = "/keys/ec/sign" + VERSION;

  /** One of them. */
  record Row(String verb, String target, String fields, String body, int status, String code) {
    boolean anonymous() {
      return status == 401;
    }

    String name() {
      String text = verb + " " + target + " " + fields.strip() + " " + body;
      return status + " " + (text.length() > 120 ? text.substring(0, 120) : text);
    }
  }

  private BadInputs() {}

  static List<Row> unauthenticated() {
    List<Row> rows = new ArrayList<>();
    for (String verb : List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "X")) {
      for (String path :
          List.of(
              "/",
              "/keys/ec",
              "/keys/%ff",
              "/keys/..%2f",
              "/secrets",
              "/secrets/x",
              "/certificates",
              "/storage/x",
              "/rng",
              "/deletedkeys",
              "/%00")) {
        rows.add(new Row(verb, path, "", "", 401, ""));
      }
    }
    for (String fields :
        List.of(
            "Authorization: Basic YWRtaW46YWRtaW4=\r\n",
            "Authorization: Bearer\r\n",
            "Authorization: Bearer \r\n",
            "Authorization: Bearer x\r\n",
            "Authorization: Bearer a.b.c\r\n",
            "Authorization: Bearer eyJhbGciOiJub25lIn0.e30.\r\n",
            "Authorization: Bearer " + "a".repeat(20_000) + "\r\n",
            "Authorization: Digest x\r\nAuthorization: Bearer x\r\n",
            "Cookie: token=x\r\nX-Api-Key: x\r\n",
            "X-Forwarded-For: 127.0.0.1\r\nX-Original-URL: /_localhsm/health/live\r\n")) {
      rows.add(new Row("GET", "/keys/ec" + VERSION, fields, "", 401, ""));
      rows.add(new Row("POST", SIGN + "&sig=x&access_token=x", fields, "{", 401, ""));
    }
    return rows;
  }

  static List<Row> paths() {
    List<Row> rows = new ArrayList<>();
    for (String path :
        List.of(
            "/",
            "//",
            "/secrets",
            "/secrets/",
            "/secrets/x",
            "/secrets/x/y",
            "/Secrets/x" + VERSION,
            "/certificates",
            "/certificates/x/policy" + VERSION,
            "/storage",
            "/storage/x/sas/y",
            "/deletedsecrets",
            "/metrics",
            "/admin",
            "/etc/passwd",
            "/keys%2fec",
            "/keys;x/ec",
            "/keys/ec/sign/extra/more",
            "//_localhsm/health/live",
            "/%5flocalhsm/health/live",
            "/_localhsm/../keys",
            "/_localhsm/nothing",
            "/msi/token",
            "/common/discovery/instance")) {
      rows.add(new Row("GET", path, "", "", 404, "NotFound"));
    }
    for (String path :
        List.of(
            "/keys/../keys",
            "/keys/%2e%2e/keys",
            "/keys/..%2fec",
            "/keys/ec%00",
            "/keys/ec%2f",
            "/keys/ec;a=b",
            "/keys/ec%3fx",
            "/keys/a%20b",
            "/keys/a+b",
            "/keys/k%C3%A9y",
            "/keys/" + "a".repeat(128),
            "/keys/ec/" + "0".repeat(31),
            "/keys/ec/" + "g".repeat(32),
            "/keys/ec/.%2e")) {
      rows.add(new Row("GET", path + VERSION, "", "", 400, IDENTIFIER));
    }
    for (String path : List.of("/%ff", "/keys/%c0%ae", "/keys/%ED%A0%80")) {
      rows.add(new Row("GET", path + VERSION, "", "", 400, BAD));
    }
    for (String path :
        List.of(
            "/keys/none/rotationpolicy",
            "/deletedkeys/none",
            "/deletedkeys/ec",
            "/keys/none",
            "/keys/" + "a".repeat(127),
            "/keys/ec/" + "0".repeat(32))) {
      rows.add(new Row("GET", path + VERSION, "", "", 404, "KeyNotFound"));
    }
    for (String verb : List.of("POST", "PUT", "PATCH", "DELETE")) {
      for (String path : List.of("/secrets/x", "/certificates/x/create", "/storage/x")) {
        rows.add(new Row(verb, path + VERSION, "", "{\"value\":\"x\"}", 404, "NotFound"));
      }
    }
    for (String call :
        List.of(
            "GET /keys/ec/create",
            "GET /keys/ec/sign",
            "PATCH /keys/ec/versions",
            "PATCH /keys/ec/rotationpolicy",
            "DELETE /keys/ec/create",
            "DELETE /keys",
            "POST /keys/ec",
            "GET /rng",
            "PUT /deletedkeys/ec",
            "GET /deletedkeys/ec/recover")) {
      String[] parts = call.split(" ", 2);
      rows.add(new Row(parts[0], parts[1] + VERSION, "", "", 405, "MethodNotAllowed"));
    }
    for (String verb : List.of("HEAD", "OPTIONS", "TRACE", "get", "X")) {
      rows.add(new Row(verb, "/keys/ec" + VERSION, "", "", 405, "MethodNotAllowed"));
    }
    rows.add(
        new Row(
            "GET", SIGN.replace("ec", "ec/" + "0".repeat(32)), "", "", 405, "MethodNotAllowed"));
    return rows;
  }

  static List<Row> versions() {
    List<Row> rows = new ArrayList<>();
    for (String query :
        List.of(
            "",
            "?",
            "?api-version",
            "?api-version=",
            "?api-version=9.9",
            "?api-version=7.6+",
            "?api-version=7.6%00",
            "?API-VERSION=7.6",
            "?api-version=7.6&api-version=7.6",
            "?api-version=7.6&x=%ff")) {
      rows.add(new Row("GET", "/keys/ec" + query, "", "", 400, BAD));
    }
    for (String query :
        List.of(
            "maxresults=0",
            "maxresults=26",
            "maxresults=-1",
            "maxresults=",
            "maxresults=1e1",
            "maxresults=99999999999",
            "maxresults=%D9%A1",
            "$skiptoken=",
            "$skiptoken=!!",
            "$skiptoken=LTE",
            "$skiptoken=OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OQ")) {
      rows.add(new Row("GET", "/keys" + VERSION + "&" + query, "", "", 400, BAD));
    }
    return rows;
  }

  static List<Row> hosts() {
    List<Row> rows = new ArrayList<>();
    for (String host :
        List.of(
            "evil.com",
            "localhost.evil.com",
            "10.0.0.1",
            "[::2]",
            "2130706433",
            "managedhsm.localhost",
            "hsm1.vault.azure.net")) {
      rows.add(new Row("GET", "/keys/ec" + VERSION, "Host: " + host + "\r\n", "", 400, BAD));
    }
    for (String host :
        List.of(
            "other.managedhsm.localhost",
            "other.managedhsm.azure.net",
            "login.localhost",
            "management.azure.com")) {
      rows.add(new Row("GET", "/keys/ec" + VERSION, "Host: " + host + "\r\n", "", 404, "NotFound"));
    }
    return rows;
  }

  static List<Row> sizes() {
    String large = "{\"a\":\"" + "a".repeat(524_288) + "\"}";
    return List.of(
        new Row("POST", SIGN, "", large, 413, "RequestBodyTooLarge"),
        new Row("GET", "/" + "a".repeat(9_000), "", "", 414, "RequestUriTooLong"),
        new Row("GET", "/", "X: " + "a".repeat(70_000) + "\r\n", "", 431, "RequestHeadersTooLarge"),
        new Row("GET", "/", "Host: localhost/x\r\n", "", 400, BAD),
        new Row("GET", "/\\", "", "", 400, BAD));
  }
}
