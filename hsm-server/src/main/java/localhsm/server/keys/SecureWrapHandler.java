package localhsm.server.keys;

import java.util.concurrent.CompletionStage;
import localhsm.crypto.CipherAlgorithm;
import localhsm.keys.release.KeyRelease;
import localhsm.server.http.Response;
import localhsm.server.json.JsonBody;
import localhsm.server.pipeline.Exchange;
import localhsm.server.pipeline.Handler;

/** Makes a key inside the HSM and gives it away wrapped. */
final class SecureWrapHandler implements Handler {
  private final KeyRelease release;

  SecureWrapHandler(KeyRelease release) {
    this.release = release;
  }

  @Override
  public CompletionStage<Response> handle(Exchange exchange) {
    CipherAlgorithm algorithm = AlgorithmJson.secureWrap(exchange, JsonBody.of(exchange.request()));
    return release
        .secureWrap(exchange.routed().keyId(), algorithm)
        .thenApply(done -> Response.ok(ResultJson.secure(exchange, algorithm, done).bytes()));
  }
}
