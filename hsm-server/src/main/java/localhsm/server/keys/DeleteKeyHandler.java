package localhsm.server.keys;

import java.util.concurrent.CompletionStage;
import localhsm.keys.lifecycle.DeletedKeys;
import localhsm.server.http.Response;
import localhsm.server.pipeline.Exchange;
import localhsm.server.pipeline.Handler;

/** Deletes a key with all its versions, so that it can be recovered. */
final class DeleteKeyHandler implements Handler {
  private final DeletedKeys deletedKeys;
  private final KeyJson json;

  DeleteKeyHandler(DeletedKeys deletedKeys, KeyJson json) {
    this.deletedKeys = deletedKeys;
    this.json = json;
  }

  @Override
  public CompletionStage<Response> handle(Exchange exchange) {
    return deletedKeys
        .delete(exchange.routed().keyId().name())
        .thenApply(key -> Response.ok(json.deleted(exchange, key).bytes()));
  }
}
