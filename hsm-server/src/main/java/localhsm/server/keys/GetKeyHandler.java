package localhsm.server.keys;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import localhsm.keys.FoundKey;
import localhsm.keys.Keys;
import localhsm.server.http.Response;
import localhsm.server.pipeline.Exchange;
import localhsm.server.pipeline.Handler;

/** Reads the public part of a key. */
final class GetKeyHandler implements Handler {
  private final Keys keys;
  private final KeyJson json;

  GetKeyHandler(Keys keys, KeyJson json) {
    this.keys = keys;
    this.json = json;
  }

  @Override
  public CompletionStage<Response> handle(Exchange exchange) {
    FoundKey key = keys.get(exchange.routed().keyId());
    return CompletableFuture.completedStage(Response.ok(json.bundle(exchange, key).bytes()));
  }
}
