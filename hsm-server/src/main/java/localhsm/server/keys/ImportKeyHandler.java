package localhsm.server.keys;

import java.util.concurrent.CompletionStage;
import localhsm.keys.FoundKey;
import localhsm.keys.Keys;
import localhsm.server.http.Response;
import localhsm.server.json.JsonBody;
import localhsm.server.pipeline.Exchange;
import localhsm.server.pipeline.Handler;

/** Takes in a key from outside, in the clear or wrapped for this HSM. */
final class ImportKeyHandler implements Handler {
  private final Keys keys;
  private final KeyJson json;

  ImportKeyHandler(Keys keys, KeyJson json) {
    this.keys = keys;
    this.json = json;
  }

  @Override
  public CompletionStage<Response> handle(Exchange exchange) {
    JsonBody body = JsonBody.of(exchange.request());
    CompletionStage<FoundKey> imported =
        WishJson.isTransfer(body)
            ? keys.importKey(WishJson.transfer(exchange, body))
            : keys.importKey(WishJson.imported(exchange, body));
    return imported.thenApply(key -> Response.ok(json.bundle(exchange, key).bytes()));
  }
}
