package localhsm.server.pipeline;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import localhsm.problem.Problem;
import localhsm.problem.ProblemException;
import localhsm.server.http.HttpService;
import localhsm.server.http.Request;
import localhsm.server.http.Response;
import localhsm.server.http.Verb;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leads every request through its plane's controls to its handler, and every failure to an answer.
 * Listeners hear of each answer before it leaves; when one fails, its refusal leaves instead. All
 * work runs in completion stages, which catch whatever is thrown.
 */
public final class RequestPipeline implements HttpService {
  private static final Logger LOG = LoggerFactory.getLogger(RequestPipeline.class);

  private final Planes planes;
  private final List<RequestListener> listeners;
  private final FixedHeaders fixedHeaders;

  /** What a request has reached so far; passed from thread to thread, never shared at once. */
  private static final class Passage {
    private final Request request;
    private @Nullable Exchange reached;

    Passage(Request request) {
      this.request = request;
    }

    boolean authenticated() {
      return reached != null && reached.principal().isPresent();
    }

    String base() {
      return request.host().origin();
    }
  }

  /**
   * Puts the planes behind one entrance.
   *
   * @param region value of {@code x-ms-keyvault-region}
   * @param build value of {@code x-ms-build-version}
   */
  public RequestPipeline(
      Planes planes, List<RequestListener> listeners, String region, String build) {
    this.planes = planes;
    this.listeners = List.copyOf(listeners);
    this.fixedHeaders = new FixedHeaders(region, build);
  }

  @Override
  public CompletionStage<Response> handle(Request request) {
    Passage passage = new Passage(request);
    return CompletableFuture.completedStage(passage)
        .thenCompose(this::start)
        .thenApply(response -> completed(passage, response))
        .exceptionally(failure -> completed(passage, failed(passage, failure)))
        .thenCompose(response -> announced(passage, response))
        .exceptionally(failure -> completed(passage, failed(passage, failure)));
  }

  @Override
  public Response refuse(UUID activity, Verb verb, Problem problem) {
    return fixedHeaders.on(ProblemMapper.toResponse(problem, verb, activity, ""), verb, activity);
  }

  private CompletionStage<Response> start(Passage passage) {
    Exchange exchange = Exchange.of(passage.request, planes.site(passage.request));
    passage.reached = exchange;
    Planes.Plane plane = planes.select(exchange.site(), passage.request);
    CompletionStage<Exchange> stage = CompletableFuture.completedStage(exchange);
    for (Control control : plane.controls()) {
      stage = stage.thenCompose(control::check).thenApply(next -> passage.reached = next);
    }
    return stage.thenCompose(this::handled);
  }

  private CompletionStage<Response> handled(Exchange exchange) {
    listeners.forEach(listener -> listener.beforeHandler(exchange));
    return exchange.routed().route().handler().handle(exchange);
  }

  private CompletionStage<Response> announced(Passage passage, Response response) {
    CompletionStage<Response> stage = CompletableFuture.completedStage(response);
    Exchange reached = passage.reached;
    if (reached != null) {
      for (RequestListener listener : listeners) {
        stage =
            stage.thenCompose(
                answer -> listener.answered(reached, answer).thenApply(released -> answer));
      }
    }
    return stage;
  }

  private Response completed(Passage passage, Response response) {
    return fixedHeaders.on(response, passage.request, passage.authenticated());
  }

  private static Response failed(Passage passage, Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    Request request = passage.request;
    if (cause instanceof ProblemException no) {
      if (no.problem() instanceof Problem.Unauthenticated) {
        LOG.debug("Activity {}: {}", request.id(), no.problem().message());
      }
      return ProblemMapper.toResponse(no.problem(), request.verb(), request.id(), passage.base());
    }
    LOG.error("Activity {} failed", request.id(), cause);
    return ProblemMapper.internalError(request.id());
  }
}
