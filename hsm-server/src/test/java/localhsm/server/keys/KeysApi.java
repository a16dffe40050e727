package localhsm.server.keys;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import localhsm.crypto.Curve;
import localhsm.crypto.KeyParameters;
import localhsm.id.KeyName;
import localhsm.keys.FoundKey;
import localhsm.keys.SettableClock;
import localhsm.keys.wish.KeySettings;
import localhsm.keys.wish.NewKey;
import localhsm.problem.Problem;
import localhsm.problem.ProblemException;
import localhsm.server.http.Request;
import localhsm.server.http.Response;
import localhsm.server.http.TestRequests;
import localhsm.server.http.Verb;
import localhsm.server.pipeline.Exchange;
import localhsm.server.pipeline.Router;

/** The keys API without network and controls: requests in, answers out. */
final class KeysApi {
  static final long NOW = 1_800_000_000L;
  static final String BASE = TestRequests.BASE;
  static final String V = "?api-version=7.5";

  /** The attributes of a key that was made now, with nothing asked. */
  static final String ATTRIBUTES =
      "\"attributes\":{\"created\":1800000000,\"enabled\":true,\"exportable\":false,"
          + "\"recoverableDays\":90,\"recoveryLevel\":\"Recoverable+Purgeable\","
          + "\"updated\":1800000000}";

  final SettableClock clock = new SettableClock(Instant.ofEpochSecond(NOW));
  final KeyServices hsm = TestServices.inMemory(clock);
  private final Router router = new Router(KeyRoutes.of(hsm));

  FoundKey ec(String name) {
    return create(name, new KeyParameters.Ec(Curve.P_256));
  }

  FoundKey rsa(String name) {
    return create(name, new KeyParameters.Rsa(2048, 65537));
  }

  private FoundKey create(String name, KeyParameters parameters) {
    KeySettings settings =
        new KeySettings(
            Optional.empty(),
            true,
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            false,
            Optional.empty());
    return hsm.keys()
        .create(new NewKey(new KeyName(name), parameters, settings))
        .toCompletableFuture()
        .join();
  }

  /** The body of a 200. */
  String get(String path) {
    return text(send(Verb.GET, path, ""));
  }

  /** The body of a 200. */
  String post(String path, String json) {
    return text(send(Verb.POST, path, json));
  }

  /** The body of a 200. */
  String put(String path, String json) {
    return text(send(Verb.PUT, path, json));
  }

  /** The body of a 200. */
  String patch(String path, String json) {
    return text(send(Verb.PATCH, path, json));
  }

  /** The body of a 200. */
  String delete(String path) {
    return text(send(Verb.DELETE, path, ""));
  }

  Response send(Verb verb, String path, String json) {
    return call(TestRequests.of(verb, withVersion(path), json));
  }

  /** The problem of a request. */
  Problem refusal(Request request) {
    try {
      Response response = call(request);
      throw new AssertionError("answered: " + text(response));
    } catch (CompletionException e) {
      if (e.getCause() instanceof ProblemException no) {
        return no.problem();
      }
      throw e;
    }
  }

  Problem refusal(Verb verb, String path, String json) {
    return refusal(TestRequests.of(verb, withVersion(path), json));
  }

  Problem refusalOfPost(String path, String json) {
    return refusal(Verb.POST, path, json);
  }

  Problem refusalOfGet(String path) {
    return refusal(Verb.GET, path, "");
  }

  /** A request that found its route. */
  Exchange routed(Request request) {
    return router.check(Exchange.of(request, TestRequests.SITE)).toCompletableFuture().join();
  }

  /** Handles a request, and lets what is thrown out as the cause of a CompletionException. */
  Response call(Request request) {
    return CompletableFuture.completedStage(Exchange.of(request, TestRequests.SITE))
        .thenCompose(router::check)
        .thenCompose(exchange -> exchange.routed().route().handler().handle(exchange))
        .toCompletableFuture()
        .join();
  }

  static String text(Response response) {
    if (response.status() != 200) {
      throw new AssertionError("status " + response.status());
    }
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  static String base64Url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static String kid(FoundKey key) {
    return BASE + "/keys/" + key.name() + "/" + key.version().version();
  }

  private static String withVersion(String path) {
    return path.contains("api-version=") || path.contains("$skiptoken=")
        ? path
        : path + (path.contains("?") ? "&" + V.substring(1) : V);
  }
}
