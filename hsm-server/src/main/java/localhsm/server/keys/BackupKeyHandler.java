package localhsm.server.keys;

import java.util.concurrent.CompletionStage;
import localhsm.keys.lifecycle.KeyBackups;
import localhsm.server.http.Response;
import localhsm.server.json.JsonObject;
import localhsm.server.pipeline.Exchange;
import localhsm.server.pipeline.Handler;

/** Gives a key with all its versions, sealed under the security domain. */
final class BackupKeyHandler implements Handler {
  private final KeyBackups backups;

  BackupKeyHandler(KeyBackups backups) {
    this.backups = backups;
  }

  @Override
  public CompletionStage<Response> handle(Exchange exchange) {
    return backups
        .backup(exchange.routed().keyId().name())
        .thenApply(blob -> Response.ok(new JsonObject().put("value", blob).bytes()));
  }
}
