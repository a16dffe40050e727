package localhsm.server.pipeline;

import java.util.Map;
import java.util.Optional;
import localhsm.id.KeyId;
import localhsm.id.KeyName;
import localhsm.id.KeyVersion;
import localhsm.id.Scope;
import localhsm.server.http.Query;

/**
 * A request that found its route.
 *
 * @param parameters the variable segments of the path, decoded
 * @param query the decoded query
 * @param version the api-version; empty for routes that take none
 */
public record Match(
    Route route, Map<String, String> parameters, Query query, Optional<ApiVersion> version) {
  /** The path parameter that names a key. */
  public static final String KEY_NAME = "key-name";

  /** The path parameter that names a version of it. */
  static final String KEY_VERSION = "key-version";

  /** A variable segment of the route's own template. */
  public String parameter(String name) {
    String value = parameters.get(name);
    if (value == null) {
      throw new IllegalStateException("the route has no parameter " + name);
    }
    return value;
  }

  /**
   * The key that the path addresses.
   *
   * @throws localhsm.problem.ProblemException when name or version break their pattern
   */
  public KeyId keyId() {
    return new KeyId(
        new KeyName(parameter(KEY_NAME)),
        Optional.ofNullable(parameters.get(KEY_VERSION)).map(KeyVersion::new));
  }

  /** The scope at which the route's action is checked. */
  public Scope scope() {
    return route.scope().of(this);
  }
}
