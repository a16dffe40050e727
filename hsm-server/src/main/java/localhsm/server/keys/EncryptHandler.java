package localhsm.server.keys;

import java.util.concurrent.CompletionStage;
import localhsm.crypto.CipherAlgorithm;
import localhsm.keys.KeyUse;
import localhsm.server.http.Response;
import localhsm.server.json.JsonBody;
import localhsm.server.pipeline.Exchange;
import localhsm.server.pipeline.Handler;

/** Encrypts. */
final class EncryptHandler implements Handler {
  private final KeyUse use;

  EncryptHandler(KeyUse use) {
    this.use = use;
  }

  @Override
  public CompletionStage<Response> handle(Exchange exchange) {
    JsonBody body = JsonBody.of(exchange.request());
    CipherAlgorithm algorithm = AlgorithmJson.cipher(exchange, body);
    return use.encrypt(exchange.routed().keyId(), algorithm, ResultJson.input(body))
        .thenApply(done -> Response.ok(ResultJson.cipher(exchange, algorithm, done).bytes()));
  }
}
