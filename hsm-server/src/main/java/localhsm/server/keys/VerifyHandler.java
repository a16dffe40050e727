package localhsm.server.keys;

import java.util.concurrent.CompletionStage;
import localhsm.crypto.SignAlgorithm;
import localhsm.keys.KeyUse;
import localhsm.server.http.Response;
import localhsm.server.json.JsonBody;
import localhsm.server.json.JsonObject;
import localhsm.server.pipeline.Exchange;
import localhsm.server.pipeline.Handler;

/** Verifies a signature over a digest. */
final class VerifyHandler implements Handler {
  private final KeyUse use;

  VerifyHandler(KeyUse use) {
    this.use = use;
  }

  @Override
  public CompletionStage<Response> handle(Exchange exchange) {
    JsonBody body = JsonBody.of(exchange.request());
    SignAlgorithm algorithm = AlgorithmJson.sign(exchange, body);
    return use.verify(
            exchange.routed().keyId(), algorithm, body.bytes("digest"), body.bytes("value"))
        .thenApply(result -> Response.ok(new JsonObject().put("value", result.value()).bytes()));
  }
}
