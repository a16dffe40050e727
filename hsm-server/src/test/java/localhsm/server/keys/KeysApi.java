package localhsm.server.keys;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import localhsm.crypto.Curve;
import localhsm.crypto.KeyParameters;
import localhsm.crypto.Providers;
import localhsm.id.KeyName;
import localhsm.keys.DirectWorkers;
import localhsm.keys.FoundKey;
import localhsm.keys.InMemoryKeyLedger;
import localhsm.keys.KeyUse;
import localhsm.keys.Keys;
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
  final Keys keys;
  private final Router router;

  KeysApi() {
    InMemoryKeyLedger ledger = new InMemoryKeyLedger();
    Providers providers = Providers.bouncyCastle(new SecureRandom());
    DirectWorkers workers = new DirectWorkers();
    keys = new Keys(ledger, providers, workers, clock);
    router = new Router(KeyRoutes.of(keys, new KeyUse(ledger, providers, workers, clock)));
  }

  FoundKey ec(String name) {
    return create(name, new KeyParameters.Ec(Curve.P_256));
  }

  FoundKey rsa(String name) {
    return create(name, new KeyParameters.Rsa(2048, 65537));
  }

  private FoundKey create(String name, KeyParameters parameters) {
    NewKey wish = new NewKey(new KeyName(name), parameters, KeySettings.DEFAULT);
    return keys.create(wish).toCompletableFuture().join();
  }

  /** The body of a 200. */
  String get(String path) {
    return text(call(TestRequests.get(withVersion(path))));
  }

  /** The body of a 200. */
  String post(String path, String json) {
    return text(call(TestRequests.post(withVersion(path), json)));
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

  Problem refusalOfPost(String path, String json) {
    return refusal(TestRequests.of(Verb.POST, withVersion(path), json));
  }

  Problem refusalOfGet(String path) {
    return refusal(TestRequests.get(withVersion(path)));
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
