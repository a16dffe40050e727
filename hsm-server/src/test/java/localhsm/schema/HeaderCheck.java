package localhsm.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The headers that the real service puts on every answer, by its recordings. */
final class HeaderCheck {
  private static final String UUID_V1 =
      "[0-9a-f]{8}-[0-9a-f]{4}-1[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";
  private static final Map<String, String> ALWAYS =
      Map.of(
          "x-ms-request-id", UUID_V1,
          "x-ms-server-latency", "[0-9]+",
          "cache-control", "no-cache",
          "strict-transport-security", "max-age=31536000; includeSubDomains",
          "x-content-type-options", "nosniff",
          "x-frame-options", "SAMEORIGIN",
          "content-security-policy", "default-src 'self'");
  private static final Map<String, String> SUCCESS =
      Map.of(
          "x-ms-keyvault-region",
          "[a-z0-9]+",
          "x-ms-keyvault-network-info",
          "conn_type=Ipv[46];addr=[^;]+;act_addr_fam=Ipv[46];");
  private static final String CHALLENGE =
      "Bearer authorization=\"https://[^\"]+/[^\"/]+\", resource=\"https://[^\"/]+\"";
  private static final List<String> NEVER = List.of("etag", "last-modified", "server", "pragma");

  private HeaderCheck() {}

  static List<String> faults(SeenAnswer answer) {
    List<String> faults = new ArrayList<>();
    ALWAYS.forEach((name, value) -> match(answer, name, value, faults));
    SUCCESS.forEach((name, value) -> match(answer, name, answer.successful() ? value : "", faults));
    match(answer, "www-authenticate", answer.status() == 401 ? CHALLENGE : "", faults);
    NEVER.forEach(name -> match(answer, name, "", faults));
    if (!answer.body().isEmpty()) {
      match(answer, "content-type", "application/json; charset=utf-8", faults);
    }
    if (!closing(answer)) {
      String build = answer.method().equals("GET") ? ".+" : "";
      match(answer, "x-ms-build-version", build, faults);
    }
    return faults;
  }

  /** The verb of bytes that were no request is not known. */
  private static boolean closing(SeenAnswer answer) {
    return answer.header("connection").equalsIgnoreCase("close");
  }

  /** An empty pattern is for a header that must not be there. */
  private static void match(SeenAnswer answer, String name, String pattern, List<String> faults) {
    if (!answer.header(name).matches(pattern)) {
      faults.add("header " + name + " is '" + answer.header(name) + "', not '" + pattern + "'");
    }
  }
}
