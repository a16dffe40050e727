package localhsm.server.keys;

import java.util.concurrent.CompletionStage;
import localhsm.crypto.EncryptAlgorithm;
import localhsm.keys.KeyUse;
import localhsm.server.http.Exchange;
import localhsm.server.http.Handler;
import localhsm.server.http.JsonBody;
import localhsm.server.http.Response;

/** Decrypts. */
final class DecryptHandler implements Handler {
  private final KeyUse use;

  DecryptHandler(KeyUse use) {
    this.use = use;
  }

  @Override
  public CompletionStage<Response> handle(Exchange exchange) {
    JsonBody body = JsonBody.of(exchange.request());
    EncryptAlgorithm algorithm = AlgorithmJson.read(body, EncryptAlgorithm::fromWire);
    return use.decrypt(exchange.routed().keyId(), algorithm, body.bytes("value"))
        .thenApply(
            result -> Response.ok(KeyJson.cipherResult(exchange.site().base(), algorithm, result)));
  }
}
