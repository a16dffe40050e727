package localhsm.server.keys;

import java.util.concurrent.CompletionStage;
import localhsm.keys.lifecycle.Rotations;
import localhsm.server.http.Response;
import localhsm.server.pipeline.Exchange;
import localhsm.server.pipeline.Handler;

/** Gives a key its next version now. */
final class RotateKeyHandler implements Handler {
  private final Rotations rotations;
  private final KeyJson json;

  RotateKeyHandler(Rotations rotations, KeyJson json) {
    this.rotations = rotations;
    this.json = json;
  }

  @Override
  public CompletionStage<Response> handle(Exchange exchange) {
    return rotations
        .rotate(exchange.routed().keyId().name())
        .thenApply(key -> Response.ok(json.bundle(exchange, key).bytes()));
  }
}
