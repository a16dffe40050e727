package localhsm.server.keys;

import java.util.List;
import java.util.Optional;
import localhsm.id.KeyId;
import localhsm.id.KeyName;
import localhsm.rotation.Lifespan;
import localhsm.rotation.RotationPolicy;
import localhsm.server.json.JsonBody;
import localhsm.server.json.JsonObject;
import localhsm.server.pipeline.Exchange;

/** The JSON of rotation policies. */
final class RotationPolicyJson {
  private static final String AFTER_CREATE = "timeAfterCreate";
  private static final String BEFORE_EXPIRY = "timeBeforeExpiry";
  private static final String EXPIRY = "expiryTime";

  private RotationPolicyJson() {}

  static RotationPolicy read(JsonBody body) {
    List<RotationPolicy.Action> actions =
        body.objects("lifetimeActions").orElse(List.of()).stream()
            .map(RotationPolicyJson::action)
            .toList();
    return RotationPolicy.of(actions, body.object("attributes").flatMap(a -> span(a, EXPIRY)));
  }

  private static RotationPolicy.Action action(JsonBody lifetimeAction) {
    Optional<JsonBody> trigger = lifetimeAction.object("trigger");
    return new RotationPolicy.Action(
        lifetimeAction.requiredObject("action").text("type"),
        trigger.flatMap(t -> span(t, AFTER_CREATE)),
        trigger.flatMap(t -> span(t, BEFORE_EXPIRY)));
  }

  private static Optional<Lifespan> span(JsonBody object, String member) {
    return object.optionalText(member).map(Lifespan::parse);
  }

  static JsonObject write(Exchange exchange, KeyName name, RotationPolicy policy) {
    JsonObject attributes = new JsonObject();
    policy.created().ifPresent(time -> attributes.put("created", time.getEpochSecond()));
    policy.expiryTime().ifPresent(span -> attributes.put(EXPIRY, span.toString()));
    policy.updated().ifPresent(time -> attributes.put("updated", time.getEpochSecond()));
    return new JsonObject()
        .put("attributes", attributes)
        .put("id", KeyJson.url(exchange, KeyId.latest(name)) + "/rotationpolicy")
        .putObjects("lifetimeActions", actions(policy));
  }

  private static List<JsonObject> actions(RotationPolicy policy) {
    JsonObject trigger = new JsonObject();
    policy.timeAfterCreate().ifPresent(span -> trigger.put(AFTER_CREATE, span.toString()));
    policy.timeBeforeExpiry().ifPresent(span -> trigger.put(BEFORE_EXPIRY, span.toString()));
    boolean rotates = policy.timeAfterCreate().or(policy::timeBeforeExpiry).isPresent();
    return rotates
        ? List.of(
            new JsonObject()
                .put("action", new JsonObject().put("type", "Rotate"))
                .put("trigger", trigger))
        : List.of();
  }
}
