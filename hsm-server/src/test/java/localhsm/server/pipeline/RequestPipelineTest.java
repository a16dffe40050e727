package localhsm.server.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import localhsm.id.PrincipalId;
import localhsm.problem.Problem;
import localhsm.problem.ProblemException;
import localhsm.problem.Problems;
import localhsm.rbac.Principal;
import localhsm.server.http.Request;
import localhsm.server.http.Response;
import localhsm.server.http.Response.Field;
import localhsm.server.http.TestRequests;
import localhsm.server.http.Verb;
import localhsm.server.names.NameFamily;
import localhsm.server.names.ServedNames;
import localhsm.server.pipeline.Planes.Plane;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class RequestPipelineTest {
  private static final String SECRET = "hush-hush";
  private static final Principal CALLER =
      new Principal(new PrincipalId(TestRequests.ID), Set.of(), Optional.empty());

  private final List<String> events = new ArrayList<>();
  private final List<LogRecord> logged = new ArrayList<>();
  private final Logger log = Logger.getLogger(RequestPipeline.class.getName());
  private final Handler capture =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          logged.add(entry);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void captureTheLog() {
    log.setUseParentHandlers(false);
    log.addHandler(capture);
  }

  @AfterEach
  void releaseTheLog() {
    log.removeHandler(capture);
    log.setUseParentHandlers(true);
  }

  /** Notes what it hears; can be told to act otherwise. */
  private final class Listener implements RequestListener {
    private final String name;
    private Runnable before = () -> {};
    private Supplier<CompletionStage<Void>> after = () -> CompletableFuture.completedStage(null);

    Listener(String name) {
      this.name = name;
    }

    @Override
    public void beforeHandler(Exchange exchange) {
      events.add(name + " before");
      before.run();
    }

    @Override
    public CompletionStage<Void> answered(Exchange exchange, Response response) {
      events.add(name + " answered " + response.status());
      return after.get();
    }
  }

  private Control noting(String name) {
    return exchange -> {
      events.add(name);
      return CompletableFuture.completedStage(exchange);
    };
  }

  private static Control authenticating() {
    return exchange -> CompletableFuture.completedStage(exchange.with(CALLER));
  }

  private localhsm.server.pipeline.Handler answering(Response response) {
    return exchange -> {
      events.add("handler");
      return CompletableFuture.completedStage(response);
    };
  }

  private static Plane plane(
      List<Control> before, List<Control> after, localhsm.server.pipeline.Handler handler) {
    List<Route> routes = new ArrayList<>();
    for (Verb verb : List.of(Verb.GET, Verb.POST)) {
      routes.add(
          new Route(
              verb,
              "/thing",
              Access.ANONYMOUS,
              ScopeRule.ROOT,
              "Thing",
              Optional.empty(),
              handler));
    }
    Router router = new Router(routes);
    List<Control> controls = new ArrayList<>(before);
    controls.add(router);
    controls.addAll(after);
    return new Plane(router, controls);
  }

  private static RequestPipeline pipeline(Plane data, RequestListener... listeners) {
    Plane empty = plane(List.of(), List.of(), exchange -> nothing());
    Planes planes =
        new Planes(new ServedNames("hsm1", NameFamily.ALL, Set.of()), data, empty, empty, empty);
    return new RequestPipeline(planes, List.of(listeners), "westus2", "1.0.0-test");
  }

  private static Response answer(RequestPipeline pipeline, Request request) {
    CompletableFuture<Response> stage = pipeline.handle(request).toCompletableFuture();
    assertThat(stage).isCompleted();
    return stage.join();
  }

  private static Response get(RequestPipeline pipeline) {
    return answer(pipeline, TestRequests.get("/thing"));
  }

  private static String text(Response response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  private static Optional<String> header(Response response, String name) {
    return response.headers().stream()
        .filter(field -> field.name().equals(name))
        .map(Field::value)
        .findFirst();
  }

  @SuppressWarnings("NullAway") // what nobody may return, returned on purpose
  private static <T> T nothing() {
    return null;
  }

  private static <T> CompletionStage<T> failed(Throwable failure) {
    return CompletableFuture.failedStage(failure);
  }

  @Nested
  class ARequest {
    @Test
    void passesControlsInTheirOrderAndThenItsHandler() {
      RequestPipeline pipeline =
          pipeline(
              plane(
                  List.of(noting("first"), noting("second")),
                  List.of(noting("third")),
                  answering(Response.of(200, "{}"))),
              new Listener("audit"),
              new Listener("metrics"));
      assertThat(get(pipeline).status()).isEqualTo(200);
      assertThat(events)
          .containsExactly(
              "first",
              "second",
              "third",
              "audit before",
              "metrics before",
              "handler",
              "audit answered 200",
              "metrics answered 200");
    }

    @Test
    void goesNoFurtherThanTheControlThatRefuses() {
      RequestPipeline pipeline =
          pipeline(
              plane(
                  List.of(
                      noting("first"),
                      exchange -> failed(Problems.accessDenied("x", "/")),
                      noting("never")),
                  List.of(),
                  answering(Response.of(200, "{}"))),
              new Listener("audit"));
      Response response = get(pipeline);
      assertThat(response.status()).isEqualTo(403);
      assertThat(text(response)).contains("AccessDenied", "(Activity ID: " + TestRequests.ID);
      assertThat(header(response, "x-ms-request-id")).contains(TestRequests.ID.toString());
      assertThat(events).containsExactly("first", "audit answered 403");
    }

    @Test
    void waitsForWhatIsNotReadyYet() {
      CompletableFuture<Void> issuerKeys = new CompletableFuture<>();
      CompletableFuture<Response> work = new CompletableFuture<>();
      CompletableFuture<Void> flushed = new CompletableFuture<>();
      Listener audit = new Listener("audit");
      audit.after = () -> flushed;
      CompletableFuture<Response> answer =
          pipeline(
                  plane(
                      List.of(exchange -> issuerKeys.thenApply(nothing -> exchange.with(CALLER))),
                      List.of(noting("next")),
                      exchange -> work),
                  audit)
              .handle(TestRequests.get("/thing"))
              .toCompletableFuture();
      assertThat(events).isEmpty();
      issuerKeys.complete(null);
      assertThat(events).containsExactly("next", "audit before");
      work.complete(Response.of(200, "{}"));
      assertThat(events).endsWith("audit answered 200");
      assertThat(answer).isNotDone();
      flushed.complete(null);
      assertThat(answer.join().status()).isEqualTo(200);
      assertThat(header(answer.join(), "x-ms-keyvault-region")).contains("westus2");
    }

    @Test
    void toAForeignHostIsAnsweredToo() {
      Response response =
          answer(
              pipeline(plane(List.of(), List.of(), answering(Response.of(200, "")))),
              TestRequests.under("example.test", TestRequests.get("/thing")));
      assertThat(response.status()).isEqualTo(400);
      assertThat(response.headers()).containsAll(FixedHeadersTest.ALWAYS);
    }

    @Test
    void toAnUnknownPathOrVerbIsAnsweredToo() {
      RequestPipeline pipeline =
          pipeline(plane(List.of(), List.of(), answering(Response.of(200, ""))));
      assertThat(answer(pipeline, TestRequests.get("/nothing")).status()).isEqualTo(404);
      Response other = answer(pipeline, TestRequests.of(Verb.DELETE, "/thing", ""));
      assertThat(other.status()).isEqualTo(405);
      assertThat(header(other, "Allow")).contains("GET, POST");
    }
  }

  @Nested
  class AChallenge {
    private final RequestPipeline pipeline =
        pipeline(
            plane(
                List.of(exchange -> failed(Problems.unauthenticated("Bearer x", SECRET))),
                List.of(),
                answering(Response.of(200, ""))));

    @Test
    void hasTwoBytesForGet() {
      Response response = get(pipeline);
      assertThat(response.status()).isEqualTo(401);
      assertThat(text(response)).isEqualTo("OK");
      assertThat(response.headers().get(0)).isEqualTo(new Field("WWW-Authenticate", "Bearer x"));
      assertThat(header(response, "x-ms-build-version")).isPresent();
      assertThat(header(response, "x-ms-keyvault-region")).isEmpty();
    }

    @Test
    void hasNoBodyElse() {
      Response response = answer(pipeline, TestRequests.post("/thing", ""));
      assertThat(response.status()).isEqualTo(401);
      assertThat(response.body()).isEmpty();
      assertThat(header(response, "x-ms-build-version")).isEmpty();
    }

    @Test
    void leavesContentTypeToTheTransport() {
      assertThat(header(get(pipeline), "Content-Type")).isEmpty();
    }
  }

  static Stream<Arguments> bugs() {
    return Stream.of(
            new IllegalStateException(SECRET),
            new StackOverflowError(SECRET),
            new OutOfMemoryError(SECRET),
            new AssertionError(SECRET),
            new NoClassDefFoundError(SECRET),
            new CompletionException(new IllegalStateException(SECRET)))
        .flatMap(bug -> Stream.of(Place.values()).map(place -> Arguments.of(place, bug)));
  }

  /** Where something can go wrong. */
  enum Place {
    CONTROL,
    CONTROL_STAGE,
    BEFORE_HANDLER,
    HANDLER,
    HANDLER_STAGE,
    ANSWERED,
    ANSWERED_STAGE
  }

  private RequestPipeline failing(Place place, Throwable failure) {
    Control control =
        switch (place) {
          case CONTROL -> exchange -> sneaky(failure);
          case CONTROL_STAGE -> exchange -> failed(failure);
          default -> authenticating();
        };
    localhsm.server.pipeline.Handler handler =
        switch (place) {
          case HANDLER -> exchange -> sneaky(failure);
          case HANDLER_STAGE -> exchange -> failed(failure);
          default -> answering(Response.of(200, "{}"));
        };
    Listener audit = new Listener("audit");
    switch (place) {
      case BEFORE_HANDLER -> audit.before = () -> sneaky(failure);
      case ANSWERED -> audit.after = () -> sneaky(failure);
      case ANSWERED_STAGE -> audit.after = () -> failed(failure);
      default -> {}
    }
    return pipeline(plane(List.of(control), List.of(), handler), audit);
  }

  private static <T> T sneaky(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) failure;
  }

  @Nested
  class ABug {
    @ParameterizedTest
    @MethodSource("localhsm.server.pipeline.RequestPipelineTest#bugs")
    void isAnsweredOnceWithoutDetailAndLogged(Place place, Throwable bug) {
      Response response = get(failing(place, bug));
      assertThat(response.status()).isEqualTo(500);
      assertThat(text(response))
          .isEqualTo(
              "{\"error\":{\"code\":\"InternalServerError\",\"message\":\"The server encountered"
                  + " an internal error. (Activity ID: "
                  + TestRequests.ID
                  + ")\"}}");
      assertThat(response.headers()).containsAll(FixedHeadersTest.ALWAYS);
      assertThat(header(response, "x-ms-keyvault-region")).isEmpty();
      assertThat(logged).hasSize(1);
      assertThat(logged.get(0).getThrown()).isNotNull();
      assertThat(events.stream().filter(event -> event.startsWith("audit answered"))).hasSize(1);
    }

    @Test
    void mayBeAStageOrAnAnswerThatIsNull() {
      List<localhsm.server.pipeline.Handler> handlers =
          List.of(exchange -> nothing(), exchange -> CompletableFuture.completedStage(null));
      for (localhsm.server.pipeline.Handler handler : handlers) {
        Response response =
            get(pipeline(plane(List.of(), List.of(), handler), new Listener("audit")));
        assertThat(response.status()).isEqualTo(500);
      }
      assertThat(events)
          .containsExactly(
              "audit before", "audit answered 500", "audit before", "audit answered 500");
    }

    @Test
    void mayBeAListenersStageThatIsNull() {
      Listener audit = new Listener("audit");
      audit.after = () -> nothing();
      Response response =
          get(pipeline(plane(List.of(), List.of(), answering(Response.of(200, "{}"))), audit));
      assertThat(response.status()).isEqualTo(500);
    }
  }

  @Nested
  class ARefusal {
    @ParameterizedTest
    @EnumSource(Place.class)
    void isAnsweredWhereverItComesFrom(Place place) {
      Response response = get(failing(place, Problems.busy()));
      assertThat(response.status()).isEqualTo(503);
      assertThat(header(response, "Retry-After")).contains("1");
      assertThat(logged).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void mayComeWrappedFromAnotherThread(Place place) {
      ProblemException no = Problems.keyNotFound("/keys/a");
      Response response = get(failing(place, new CompletionException(no)));
      assertThat(response.status()).isEqualTo(404);
      assertThat(text(response)).contains("Key not found: " + TestRequests.BASE + "/keys/a (Act");
    }

    @Test
    void ofBytesThatNeverBecameARequestHasTheEnvelopeToo() {
      Problem problem = Problems.headersTooLarge(100).problem();
      Response response =
          pipeline(plane(List.of(), List.of(), answering(Response.of(200, ""))))
              .refuse(TestRequests.ID, Verb.OTHER, problem);
      assertThat(response.status()).isEqualTo(431);
      assertThat(text(response)).contains("RequestHeadersTooLarge", "Activity ID");
      assertThat(response.headers()).containsAll(FixedHeadersTest.ALWAYS);
    }
  }
}
