package localhsm.server.keys;

import java.util.concurrent.CompletionStage;
import localhsm.crypto.CipherAlgorithm;
import localhsm.keys.release.KeyRelease;
import localhsm.server.http.Response;
import localhsm.server.json.JsonBody;
import localhsm.server.pipeline.Exchange;
import localhsm.server.pipeline.Handler;
import localhsm.server.release.AttestationTokens;

/** Unwraps a key inside the HSM for an attested environment. */
final class SecureUnwrapHandler implements Handler {
  private final KeyRelease release;
  private final AttestationTokens tokens;

  SecureUnwrapHandler(KeyRelease release, AttestationTokens tokens) {
    this.release = release;
    this.tokens = tokens;
  }

  @Override
  public CompletionStage<Response> handle(Exchange exchange) {
    JsonBody body = JsonBody.of(exchange.request());
    CipherAlgorithm algorithm = AlgorithmJson.secureWrap(exchange, body);
    String target = body.text("target");
    return release
        .secureUnwrap(
            exchange.routed().keyId(), algorithm, body.bytes("value"), () -> tokens.verify(target))
        .thenApply(done -> Response.ok(ResultJson.secure(exchange, algorithm, done).bytes()));
  }
}
