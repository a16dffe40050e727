package localhsm.server.http;

import java.util.Map;

/** The request methods that routes know; every other method is {@link #OTHER}. */
public enum Verb {
  GET,
  POST,
  PUT,
  PATCH,
  DELETE,
  OTHER;

  private static final Map<String, Verb> BY_NAME =
      Map.of("GET", GET, "POST", POST, "PUT", PUT, "PATCH", PATCH, "DELETE", DELETE);

  /** Looks a method up; methods are case-sensitive (RFC 9110 9.1). */
  public static Verb of(String method) {
    return BY_NAME.getOrDefault(method, OTHER);
  }
}
