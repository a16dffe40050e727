package localhsm.server.keys;

import java.util.concurrent.CompletionStage;
import localhsm.server.http.Response;
import localhsm.server.json.JsonBody;
import localhsm.server.pipeline.Exchange;
import localhsm.server.pipeline.Handler;

/** Releases a key to an attested environment, in an object that the HSM signs. */
final class ReleaseHandler implements Handler {
  private final ReleaseServices services;
  private final KeyJson json;

  ReleaseHandler(ReleaseServices services, KeyJson json) {
    this.services = services;
    this.json = json;
  }

  @Override
  public CompletionStage<Response> handle(Exchange exchange) {
    ReleaseJson asked = ReleaseJson.read(JsonBody.of(exchange.request()));
    return services
        .release()
        .release(
            exchange.routed().keyId(),
            asked.mechanism(),
            () -> services.tokens().verify(asked.target()))
        .thenApply(released -> asked.payload(exchange, json, released))
        .thenCompose(payload -> services.identity().sign(signer -> signer.jws(payload)))
        .thenApply(jws -> Response.ok(ReleaseJson.answer(jws)));
  }
}
