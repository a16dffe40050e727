package localhsm.server.keys;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import localhsm.id.KeyName;
import localhsm.keys.FoundKey;
import localhsm.keys.KeyPage;
import localhsm.keys.Keys;
import localhsm.server.http.Response;
import localhsm.server.pipeline.Exchange;
import localhsm.server.pipeline.Handler;

/** Lists the versions of a key; an unknown name has none. */
final class ListKeyVersionsHandler implements Handler {
  private final Keys keys;

  ListKeyVersionsHandler(Keys keys) {
    this.keys = keys;
  }

  @Override
  public CompletionStage<Response> handle(Exchange exchange) {
    Paging paging = Paging.of(exchange.routed());
    KeyName name = exchange.routed().keyId().name();
    KeyPage<FoundKey> page = keys.listVersions(name, paging.after(), paging.limit());
    String base = exchange.site().base();
    Optional<String> next =
        paging.nextLink(base + "/keys/" + name + "/versions", exchange.routed(), page.next());
    return CompletableFuture.completedStage(Response.ok(KeyJson.versions(base, page, next)));
  }
}
