package localhsm.server.keys;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import localhsm.id.KeyName;
import localhsm.keys.FoundKey;
import localhsm.keys.KeyPage;
import localhsm.keys.Keys;
import localhsm.server.http.Response;
import localhsm.server.json.JsonObject;
import localhsm.server.pipeline.Exchange;
import localhsm.server.pipeline.Handler;

/** Lists the versions of a key; an unknown name has none. */
final class ListKeyVersionsHandler implements Handler {
  private final Keys keys;
  private final KeyJson json;

  ListKeyVersionsHandler(Keys keys, KeyJson json) {
    this.keys = keys;
    this.json = json;
  }

  @Override
  public CompletionStage<Response> handle(Exchange exchange) {
    Paging paging = Paging.of(exchange);
    KeyName name = exchange.routed().keyId().name();
    KeyPage<FoundKey> page = keys.listVersions(name, paging.after(), paging.limit());
    String path = "/keys/" + name + "/versions";
    JsonObject answer =
        paging.answer(exchange, path, page, key -> json.item(exchange, key.id(), key));
    return CompletableFuture.completedStage(Response.ok(answer.bytes()));
  }
}
