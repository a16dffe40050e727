package localhsm.server.http;

import java.util.Optional;

/**
 * One endpoint. It cannot be declared without saying who may use it and at which scope.
 *
 * @param operationName the operation in the audit log, such as {@code KeySign}
 * @param since the api-version that introduced it; empty for routes that take no api-version
 */
public record Route(
    Verb verb,
    PathTemplate path,
    Access access,
    ScopeRule scope,
    String operationName,
    Optional<ApiVersion> since,
    Handler handler) {}
