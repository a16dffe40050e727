package localhsm.server.keys;

import java.util.concurrent.CompletionStage;
import localhsm.keys.FoundKey;
import localhsm.keys.Keys;
import localhsm.server.http.Response;
import localhsm.server.pipeline.Exchange;
import localhsm.server.pipeline.Handler;
import localhsm.server.release.SigningIdentity;

/** Reads a key together with what the HSM attests of it, whatever the state of the key. */
final class AttestationHandler implements Handler {
  private final Keys keys;
  private final KeyJson json;
  private final SigningIdentity identity;

  AttestationHandler(Keys keys, KeyJson json, SigningIdentity identity) {
    this.keys = keys;
    this.json = json;
    this.identity = identity;
  }

  @Override
  public CompletionStage<Response> handle(Exchange exchange) {
    FoundKey key = keys.get(exchange.routed().keyId());
    return identity
        .sign(signer -> AttestationJson.write(exchange, key, signer))
        .thenApply(signed -> Response.ok(json.attested(exchange, key, signed).bytes()));
  }
}
