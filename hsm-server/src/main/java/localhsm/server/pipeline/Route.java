package localhsm.server.pipeline;

import java.util.Optional;
import localhsm.server.http.Verb;

/**
 * One endpoint. It cannot be declared without saying who may use it and at which scope.
 *
 * @param path its form, with variable segments in braces: {@code /keys/{key-name}/create}
 * @param operationName the operation in the audit log, such as {@code KeySign}
 * @param since the api-version that introduced it; empty for routes that take no api-version
 */
public record Route(
    Verb verb,
    String path,
    Access access,
    ScopeRule scope,
    String operationName,
    Optional<ApiVersion> since,
    Handler handler) {}
