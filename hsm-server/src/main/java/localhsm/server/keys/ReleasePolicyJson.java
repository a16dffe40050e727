package localhsm.server.keys;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import localhsm.problem.Problems;
import localhsm.release.ReleasePolicy;
import localhsm.release.ReleasePolicyCodec;
import localhsm.server.json.JsonBody;
import localhsm.server.json.JsonObject;
import localhsm.server.pipeline.Exchange;

/** The {@code release_policy} of requests and answers. */
final class ReleasePolicyJson {
  private static final String MEMBER = "release_policy";

  private ReleasePolicyJson() {}

  static Optional<ReleasePolicy> read(Exchange exchange, JsonBody body) {
    Optional<JsonBody> policy = body.object(MEMBER);
    if (policy.isPresent() && !Feature.RELEASE.in(exchange)) {
      throw Problems.apiVersion("Release policies do not exist in the specified api-version.");
    }
    return policy.map(ReleasePolicyJson::read);
  }

  private static ReleasePolicy read(JsonBody policy) {
    policy.optionalText("contentType");
    return ReleasePolicyCodec.read(
        policy.encodedText("data"), policy.bool("immutable").orElse(false));
  }

  static void put(Exchange exchange, Optional<ReleasePolicy> policy, JsonObject bundle) {
    policy
        .filter(shown -> Feature.RELEASE.in(exchange))
        .ifPresent(shown -> bundle.put(MEMBER, write(shown)));
  }

  private static JsonObject write(ReleasePolicy policy) {
    JsonObject json =
        new JsonObject()
            .put("contentType", "application/json; charset=utf-8")
            .putBytes("data", policy.document().getBytes(StandardCharsets.UTF_8));
    return policy.immutable() ? json.put("immutable", true) : json;
  }
}
