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

  GetKeyHandler(Keys keys) {
    this.keys = keys;
  }

  @Override
  public CompletionStage<Response> handle(Exchange exchange) {
    FoundKey key = keys.get(exchange.routed().keyId());
    return CompletableFuture.completedStage(
        Response.ok(KeyJson.bundle(exchange.site().base(), key)));
  }
}
