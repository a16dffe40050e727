package localhsm.server.keys;

import java.util.concurrent.CompletionStage;
import localhsm.id.KeyName;
import localhsm.keys.lifecycle.Rotations;
import localhsm.rotation.RotationPolicy;
import localhsm.server.http.Response;
import localhsm.server.json.JsonBody;
import localhsm.server.pipeline.Exchange;
import localhsm.server.pipeline.Handler;

/** Sets the rotation policy of a key, or takes it away. */
final class UpdateRotationPolicyHandler implements Handler {
  private final Rotations rotations;

  UpdateRotationPolicyHandler(Rotations rotations) {
    this.rotations = rotations;
  }

  @Override
  public CompletionStage<Response> handle(Exchange exchange) {
    KeyName name = exchange.routed().keyId().name();
    RotationPolicy policy = RotationPolicyJson.read(JsonBody.of(exchange.request()));
    return rotations
        .setPolicy(name, policy)
        .thenApply(set -> Response.ok(RotationPolicyJson.write(exchange, name, set).bytes()));
  }
}
