package localhsm.server.keys;

import java.util.concurrent.CompletionStage;
import localhsm.keys.lifecycle.KeyBackups;
import localhsm.server.http.Response;
import localhsm.server.json.JsonBody;
import localhsm.server.pipeline.Exchange;
import localhsm.server.pipeline.Handler;

/** Brings back a key from its backup. */
final class RestoreKeyHandler implements Handler {
  private final KeyBackups backups;
  private final KeyJson json;

  RestoreKeyHandler(KeyBackups backups, KeyJson json) {
    this.backups = backups;
    this.json = json;
  }

  @Override
  public CompletionStage<Response> handle(Exchange exchange) {
    return backups
        .restore(JsonBody.of(exchange.request()).text("value"))
        .thenApply(key -> Response.ok(json.bundle(exchange, key).bytes()));
  }
}
