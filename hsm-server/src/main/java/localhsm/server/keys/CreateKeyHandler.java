package localhsm.server.keys;

import java.util.concurrent.CompletionStage;
import localhsm.keys.Keys;
import localhsm.server.http.Response;
import localhsm.server.json.JsonBody;
import localhsm.server.pipeline.Exchange;
import localhsm.server.pipeline.Handler;

/** Creates a key or a new version of one. */
final class CreateKeyHandler implements Handler {
  private final Keys keys;
  private final KeyJson json;

  CreateKeyHandler(Keys keys, KeyJson json) {
    this.keys = keys;
    this.json = json;
  }

  @Override
  public CompletionStage<Response> handle(Exchange exchange) {
    JsonBody body = JsonBody.of(exchange.request());
    return keys.create(WishJson.create(exchange, body))
        .thenApply(key -> Response.ok(json.bundle(exchange, key).bytes()));
  }
}
