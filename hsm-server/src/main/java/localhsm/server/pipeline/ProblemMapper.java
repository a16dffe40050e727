package localhsm.server.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import localhsm.problem.Problem;
import localhsm.server.http.Response;
import localhsm.server.http.Response.Field;
import localhsm.server.http.Verb;

/** Turns problems into answers: the only place that knows which status belongs to which kind. */
final class ProblemMapper {
  private static final byte[] EMPTY = {};
  private static final byte[] OK = {'O', 'K'};

  private ProblemMapper() {}

  /**
   * The answer to a problem.
   *
   * @param base origin of the URLs that the client used; empty when there is no valid host
   */
  static Response toResponse(Problem problem, Verb verb, UUID activity, String base) {
    return new Response(
        status(problem.kind()), headers(problem), body(problem, verb, activity, base));
  }

  /** The answer to a bug, which tells nothing. */
  static Response internalError(UUID activity) {
    return new Response(
        500,
        List.of(),
        ErrorJson.write(
            "InternalServerError", "The server encountered an internal error.", null, activity));
  }

  static int status(Problem.Kind kind) {
    return switch (kind) {
      case BAD_PARAMETER -> 400;
      case UNAUTHENTICATED -> 401;
      case FORBIDDEN, NOT_PERMITTED_FOR_KEY -> 403;
      case NOT_FOUND -> 404;
      case VERB_NOT_ALLOWED -> 405;
      case CONFLICT -> 409;
      case BODY_TOO_LARGE -> 413;
      case TARGET_TOO_LONG -> 414;
      case HEADERS_TOO_LARGE -> 431;
      case UNAVAILABLE -> 503;
    };
  }

  private static List<Field> headers(Problem problem) {
    List<Field> fields = new ArrayList<>(1);
    if (problem instanceof Problem.Unauthenticated no) {
      fields.add(new Field("WWW-Authenticate", no.challenge()));
    } else if (problem instanceof Problem.VerbNotAllowed no) {
      fields.add(new Field("Allow", String.join(", ", no.allowed())));
    } else if (problem instanceof Problem.Unavailable no) {
      fields.add(new Field("Retry-After", Integer.toString(no.retryAfterSeconds())));
    }
    return fields;
  }

  /** A challenge has the two bytes {@code OK} for GET and nothing else, as the service sends it. */
  private static byte[] body(Problem problem, Verb verb, UUID activity, String base) {
    if (problem.kind() == Problem.Kind.UNAUTHENTICATED) {
      return verb == Verb.GET ? OK : EMPTY;
    }
    String message = problem.message();
    if (problem instanceof Problem.NotFound no && no.path().isPresent()) {
      message += base + no.path().get();
    }
    return ErrorJson.write(problem.code(), message, problem.innerCode().orElse(null), activity);
  }
}
