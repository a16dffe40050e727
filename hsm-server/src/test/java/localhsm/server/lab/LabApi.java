package localhsm.server.lab;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import localhsm.keys.SettableClock;
import localhsm.server.http.Request;
import localhsm.server.http.Response;
import localhsm.server.http.TestRequests;
import localhsm.server.http.Verb;
import localhsm.server.pipeline.Exchange;
import localhsm.server.pipeline.Route;
import localhsm.server.pipeline.Router;

/** The routes of the lab, without network, controls and HSM. */
final class LabApi {
  static final long START = 1_790_000_000;

  private final LabClock clock = new LabClock(new SettableClock(Instant.ofEpochSecond(START)));
  private final FakeLabSubject subject = new FakeLabSubject();
  private final Router router = new Router(routes());

  private List<Route> routes() {
    return Stream.of(LabRoutes.health(() -> true), LabRoutes.controls(clock, subject))
        .flatMap(List::stream)
        .toList();
  }

  LabClock clock() {
    return clock;
  }

  FakeLabSubject subject() {
    return subject;
  }

  CompletionStage<Response> begin(Verb verb, String path, String body) {
    Request request = TestRequests.of(verb, path, body);
    Exchange routed =
        router.check(Exchange.of(request, TestRequests.SITE)).toCompletableFuture().join();
    return routed.routed().route().handler().handle(routed);
  }

  Response send(Verb verb, String path, String body) {
    return begin(verb, path, body).toCompletableFuture().join();
  }
}
