package localhsm.server.keys;

import java.util.concurrent.CompletionStage;
import localhsm.keys.lifecycle.DeletedKeys;
import localhsm.server.http.Response;
import localhsm.server.pipeline.Exchange;
import localhsm.server.pipeline.Handler;

/** Makes a deleted key what it was before. */
final class RecoverDeletedKeyHandler implements Handler {
  private final DeletedKeys deletedKeys;
  private final KeyJson json;

  RecoverDeletedKeyHandler(DeletedKeys deletedKeys, KeyJson json) {
    this.deletedKeys = deletedKeys;
    this.json = json;
  }

  @Override
  public CompletionStage<Response> handle(Exchange exchange) {
    return deletedKeys
        .recover(exchange.routed().keyId().name())
        .thenApply(key -> Response.ok(json.bundle(exchange, key).bytes()));
  }
}
