package localhsm.server.net;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import localhsm.problem.Problem;
import localhsm.server.http.HttpService;
import localhsm.server.http.Request;
import localhsm.server.http.Response;
import localhsm.server.http.Verb;

/** Tells back what it got, or does as it is told. */
final class FakeService implements HttpService {
  final List<Request> requests = new CopyOnWriteArrayList<>();
  final List<UUID> refused = new CopyOnWriteArrayList<>();
  private final Function<Request, CompletionStage<Response>> behaviour;

  FakeService(Function<Request, CompletionStage<Response>> behaviour) {
    this.behaviour = behaviour;
  }

  static FakeService echo() {
    return new FakeService(request -> CompletableFuture.completedFuture(told(request)));
  }

  /** Verb, target and body. */
  static Response told(Request request) {
    String body = new String(request.body(), StandardCharsets.ISO_8859_1);
    return Response.of(200, request.verb() + " " + request.target() + " " + body);
  }

  @Override
  public CompletionStage<Response> handle(Request request) {
    requests.add(request);
    return behaviour.apply(request);
  }

  @Override
  public Response refuse(UUID activity, Verb verb, Problem problem) {
    refused.add(activity);
    return Response.of(status(problem.kind()), problem.code());
  }

  private static int status(Problem.Kind kind) {
    return switch (kind) {
      case BODY_TOO_LARGE -> 413;
      case TARGET_TOO_LONG -> 414;
      case HEADERS_TOO_LARGE -> 431;
      case UNAVAILABLE -> 503;
      default -> 400;
    };
  }
}
