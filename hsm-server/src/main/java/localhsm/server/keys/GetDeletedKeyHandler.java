package localhsm.server.keys;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import localhsm.keys.lifecycle.DeletedKey;
import localhsm.keys.lifecycle.DeletedKeys;
import localhsm.server.http.Response;
import localhsm.server.pipeline.Exchange;
import localhsm.server.pipeline.Handler;

/** Reads the public part of a deleted key. */
final class GetDeletedKeyHandler implements Handler {
  private final DeletedKeys deletedKeys;
  private final KeyJson json;

  GetDeletedKeyHandler(DeletedKeys deletedKeys, KeyJson json) {
    this.deletedKeys = deletedKeys;
    this.json = json;
  }

  @Override
  public CompletionStage<Response> handle(Exchange exchange) {
    DeletedKey key = deletedKeys.get(exchange.routed().keyId().name());
    return CompletableFuture.completedStage(Response.ok(json.deleted(exchange, key).bytes()));
  }
}
