package localhsm.server.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import localhsm.problem.Problem;
import localhsm.server.http.Response;
import localhsm.server.http.Response.Field;
import localhsm.server.http.TestRequests;
import localhsm.server.http.Verb;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ProblemMapperTest {
  private static final String TAIL = " (Activity ID: " + TestRequests.ID + ")";

  record Row(Problem problem, int status, List<Field> headers, String body) {}

  static Stream<Row> rows() {
    return Stream.of(
        row(new Problem.BadParameter("BadParameter", "Wrong."), 400, "BadParameter", "Wrong."),
        new Row(
            new Problem.Unauthenticated("Bearer x", "expired"),
            401,
            List.of(new Field("WWW-Authenticate", "Bearer x")),
            ""),
        row(new Problem.Forbidden("AccessDenied", "No."), 403, "AccessDenied", "No."),
        new Row(
            new Problem.NotPermittedForKey("KeyDisabled", "Off."),
            403,
            List.of(),
            "{\"error\":{\"code\":\"Forbidden\",\"innererror\":{\"code\":\"KeyDisabled\"},"
                + "\"message\":\"Off."
                + TAIL
                + "\"}}"),
        row(
            new Problem.NotFound("KeyNotFound", "Key not found: ", Optional.of("/keys/a")),
            404,
            "KeyNotFound",
            "Key not found: https://h/keys/a"),
        row(new Problem.NotFound("NotFound", "Gone.", Optional.empty()), 404, "NotFound", "Gone."),
        new Row(
            new Problem.VerbNotAllowed(List.of("GET", "PUT"), "Not so."),
            405,
            List.of(new Field("Allow", "GET, PUT")),
            envelope("MethodNotAllowed", "Not so.")),
        row(
            new Problem.Conflict("Conflict", "Taken.", Optional.empty()),
            409,
            "Conflict",
            "Taken."),
        row(tooLarge(Problem.Kind.BODY_TOO_LARGE), 413, "TooLarge", "Too large."),
        row(tooLarge(Problem.Kind.TARGET_TOO_LONG), 414, "TooLarge", "Too large."),
        row(tooLarge(Problem.Kind.HEADERS_TOO_LARGE), 431, "TooLarge", "Too large."),
        new Row(
            new Problem.Unavailable("Later.", 5),
            503,
            List.of(new Field("Retry-After", "5")),
            envelope("ServiceUnavailable", "Later.")));
  }

  private static Row row(Problem problem, int status, String code, String message) {
    return new Row(problem, status, List.of(), envelope(code, message));
  }

  private static Problem tooLarge(Problem.Kind kind) {
    return new Problem.TooLarge(kind, "TooLarge", "Too large.");
  }

  private static String envelope(String code, String message) {
    return "{\"error\":{\"code\":\"" + code + "\",\"message\":\"" + message + TAIL + "\"}}";
  }

  private static String text(Response response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void answersEachProblem(Row row) {
    Response response =
        ProblemMapper.toResponse(row.problem, Verb.POST, TestRequests.ID, "https://h");
    assertThat(response.status()).isEqualTo(row.status);
    assertThat(response.headers()).isEqualTo(row.headers);
    assertThat(text(response)).isEqualTo(row.body);
  }

  @Test
  void hasARowForEveryProblem() {
    Set<Class<?>> rows = rows().map(row -> row.problem.getClass()).collect(Collectors.toSet());
    assertThat(rows).containsExactlyInAnyOrder(Problem.class.getPermittedSubclasses());
  }

  @ParameterizedTest
  @EnumSource
  void hasARowForEveryKind(Problem.Kind kind) {
    assertThat(rows()).extracting(row -> row.problem.kind()).contains(kind);
  }

  @ParameterizedTest
  @EnumSource
  void challengesWithTwoBytesForGetAndNoneElse(Verb verb) {
    Response response =
        ProblemMapper.toResponse(
            new Problem.Unauthenticated("Bearer x", "why"), verb, TestRequests.ID, "https://h");
    assertThat(text(response)).isEqualTo(verb == Verb.GET ? "OK" : "");
  }

  @Test
  void tellsNothingOfABug() {
    Response response = ProblemMapper.internalError(TestRequests.ID);
    assertThat(response.status()).isEqualTo(500);
    assertThat(text(response))
        .isEqualTo(envelope("InternalServerError", "The server encountered an internal error."));
  }
}
