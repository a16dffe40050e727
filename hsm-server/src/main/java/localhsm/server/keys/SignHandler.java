package localhsm.server.keys;

import java.util.concurrent.CompletionStage;
import localhsm.crypto.SignAlgorithm;
import localhsm.keys.KeyUse;
import localhsm.server.http.Response;
import localhsm.server.json.JsonBody;
import localhsm.server.pipeline.Exchange;
import localhsm.server.pipeline.Handler;

/** Signs a digest. */
final class SignHandler implements Handler {
  private final KeyUse use;

  SignHandler(KeyUse use) {
    this.use = use;
  }

  @Override
  public CompletionStage<Response> handle(Exchange exchange) {
    JsonBody body = JsonBody.of(exchange.request());
    SignAlgorithm algorithm = AlgorithmJson.sign(exchange, body);
    return use.sign(exchange.routed().keyId(), algorithm, body.bytes("value"))
        .thenApply(result -> Response.ok(ResultJson.signature(exchange, result).bytes()));
  }
}
