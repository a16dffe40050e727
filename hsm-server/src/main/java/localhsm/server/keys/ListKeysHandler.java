package localhsm.server.keys;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import localhsm.id.KeyId;
import localhsm.keys.KeyPage;
import localhsm.keys.KeyRecord;
import localhsm.keys.Keys;
import localhsm.server.http.Response;
import localhsm.server.json.JsonObject;
import localhsm.server.pipeline.Exchange;
import localhsm.server.pipeline.Handler;

/** Lists keys in the order of their creation. */
final class ListKeysHandler implements Handler {
  private final Keys keys;
  private final KeyJson json;

  ListKeysHandler(Keys keys, KeyJson json) {
    this.keys = keys;
    this.json = json;
  }

  @Override
  public CompletionStage<Response> handle(Exchange exchange) {
    Paging paging = Paging.of(exchange);
    KeyPage<KeyRecord> page = keys.list(paging.after(), paging.limit());
    JsonObject answer =
        paging.answer(
            exchange,
            "/keys",
            page,
            key -> json.item(exchange, KeyId.latest(key.name()), key.found()));
    return CompletableFuture.completedStage(Response.ok(answer.bytes()));
  }
}
