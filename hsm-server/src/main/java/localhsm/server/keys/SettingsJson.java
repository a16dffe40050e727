package localhsm.server.keys;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import localhsm.crypto.KeyOperation;
import localhsm.id.KeyId;
import localhsm.keys.wish.KeySettings;
import localhsm.keys.wish.KeyUpdate;
import localhsm.problem.Problems;
import localhsm.server.json.JsonBody;
import localhsm.server.pipeline.Exchange;

/** Reads what requests say of a key beside its material. */
final class SettingsJson {
  /** 9999-12-31T23:59:59Z, the last second that clients can show. */
  private static final long LAST_SECOND = 253_402_300_799L;

  private SettingsJson() {}

  /**
   * Reads the settings of a new key.
   *
   * @param key the object that has the {@code key_ops}
   */
  static KeySettings read(Exchange exchange, JsonBody body, JsonBody key) {
    Optional<JsonBody> attributes = attributes(body);
    return new KeySettings(
        operations(key),
        attributes.flatMap(a -> a.bool("enabled")).orElse(true),
        attributes.flatMap(a -> time(a, "nbf")),
        attributes.flatMap(a -> time(a, "exp")),
        body.textMap("tags").orElse(Map.of()),
        attributes.flatMap(a -> exportable(exchange, a)).orElse(false),
        ReleasePolicyJson.read(exchange, body));
  }

  /** Reads the changes of a key; whether it is exportable never changes. */
  static KeyUpdate update(Exchange exchange, KeyId id, JsonBody body) {
    Optional<JsonBody> attributes = attributes(body);
    return new KeyUpdate(
        id,
        operations(body),
        attributes.flatMap(a -> a.bool("enabled")),
        attributes.flatMap(a -> time(a, "nbf")),
        attributes.flatMap(a -> time(a, "exp")),
        body.textMap("tags"),
        ReleasePolicyJson.read(exchange, body));
  }

  private static Optional<JsonBody> attributes(JsonBody body) {
    Optional<JsonBody> attributes = body.object("attributes");
    if (attributes.filter(a -> a.has("external_key")).isPresent()) {
      throw Problems.badParameter("External keys are not supported.");
    }
    return attributes;
  }

  /** What would change the meaning of the key must not be ignored. */
  private static Optional<Boolean> exportable(Exchange exchange, JsonBody attributes) {
    Optional<Boolean> exportable = attributes.bool("exportable");
    if (exportable.orElse(false) && !Feature.RELEASE.in(exchange)) {
      throw Problems.apiVersion("Exportable keys do not exist in the specified api-version.");
    }
    return exportable;
  }

  /** The Java client sends an empty list when its user has said nothing of operations. */
  private static Optional<List<KeyOperation>> operations(JsonBody key) {
    return key.texts("key_ops")
        .filter(names -> !names.isEmpty())
        .map(names -> names.stream().map(SettingsJson::operation).toList());
  }

  private static KeyOperation operation(String name) {
    return KeyOperation.fromWire(name)
        .orElseThrow(() -> Problems.badParameter("Property key_ops has an unknown operation."));
  }

  private static Optional<Instant> time(JsonBody attributes, String member) {
    return attributes
        .longInteger(member)
        .map(
            seconds -> {
              if (seconds < 0 || seconds > LAST_SECOND) {
                throw Problems.badParameter("Property " + member + " is not a valid time.");
              }
              return Instant.ofEpochSecond(seconds);
            });
  }
}
