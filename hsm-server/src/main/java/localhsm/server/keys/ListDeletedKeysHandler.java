package localhsm.server.keys;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import localhsm.keys.KeyPage;
import localhsm.keys.lifecycle.DeletedKey;
import localhsm.keys.lifecycle.DeletedKeys;
import localhsm.server.http.Response;
import localhsm.server.json.JsonObject;
import localhsm.server.pipeline.Exchange;
import localhsm.server.pipeline.Handler;

/** Lists deleted keys in the order of their creation. */
final class ListDeletedKeysHandler implements Handler {
  private final DeletedKeys deletedKeys;
  private final KeyJson json;

  ListDeletedKeysHandler(DeletedKeys deletedKeys, KeyJson json) {
    this.deletedKeys = deletedKeys;
    this.json = json;
  }

  @Override
  public CompletionStage<Response> handle(Exchange exchange) {
    Paging paging = Paging.of(exchange);
    KeyPage<DeletedKey> page = deletedKeys.list(paging.after(), paging.limit());
    JsonObject answer =
        paging.answer(exchange, "/deletedkeys", page, key -> json.deletedItem(exchange, key));
    return CompletableFuture.completedStage(Response.ok(answer.bytes()));
  }
}
