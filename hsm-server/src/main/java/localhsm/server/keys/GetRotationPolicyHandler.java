package localhsm.server.keys;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import localhsm.id.KeyName;
import localhsm.keys.lifecycle.Rotations;
import localhsm.rotation.RotationPolicy;
import localhsm.server.http.Response;
import localhsm.server.pipeline.Exchange;
import localhsm.server.pipeline.Handler;

/** Reads the rotation policy of a key. */
final class GetRotationPolicyHandler implements Handler {
  private final Rotations rotations;

  GetRotationPolicyHandler(Rotations rotations) {
    this.rotations = rotations;
  }

  @Override
  public CompletionStage<Response> handle(Exchange exchange) {
    KeyName name = exchange.routed().keyId().name();
    RotationPolicy policy = rotations.policy(name);
    return CompletableFuture.completedStage(
        Response.ok(RotationPolicyJson.write(exchange, name, policy).bytes()));
  }
}
