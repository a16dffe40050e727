package localhsm.server.keys;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import localhsm.keys.FoundKey;
import localhsm.keys.KeyPage;
import localhsm.keys.KeyRecord;
import localhsm.keys.Keys;
import localhsm.server.http.Response;
import localhsm.server.pipeline.Exchange;
import localhsm.server.pipeline.Handler;

/** Lists keys in the order of their creation. */
final class ListKeysHandler implements Handler {
  private final Keys keys;

  ListKeysHandler(Keys keys) {
    this.keys = keys;
  }

  @Override
  public CompletionStage<Response> handle(Exchange exchange) {
    Paging paging = Paging.of(exchange.routed());
    KeyPage<KeyRecord> page = keys.list(paging.after(), paging.limit());
    KeyPage<FoundKey> latest =
        new KeyPage<>(
            page.items().stream().map(key -> new FoundKey(key.name(), key.latest())).toList(),
            page.next());
    String base = exchange.site().base();
    Optional<String> next = paging.nextLink(base + "/keys", exchange.routed(), page.next());
    return CompletableFuture.completedStage(Response.ok(KeyJson.list(base, latest, next)));
  }
}
