package localhsm.server.keys;

import java.util.concurrent.CompletionStage;
import localhsm.keys.lifecycle.DeletedKeys;
import localhsm.server.http.Response;
import localhsm.server.pipeline.Exchange;
import localhsm.server.pipeline.Handler;

/** Destroys a deleted key for good. */
final class PurgeDeletedKeyHandler implements Handler {
  private final DeletedKeys deletedKeys;

  PurgeDeletedKeyHandler(DeletedKeys deletedKeys) {
    this.deletedKeys = deletedKeys;
  }

  @Override
  public CompletionStage<Response> handle(Exchange exchange) {
    return deletedKeys
        .purge(exchange.routed().keyId().name())
        .thenApply(gone -> Response.of(204, ""));
  }
}
