package localhsm.server.keys;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import localhsm.crypto.Curve;
import localhsm.crypto.KeyOperation;
import localhsm.crypto.KeyParameters;
import localhsm.crypto.KeyType;
import localhsm.id.KeyName;
import localhsm.keys.wish.KeySettings;
import localhsm.keys.wish.NewKey;
import localhsm.problem.Problems;
import localhsm.server.json.JsonBody;

/** Reads the body of a create request. */
final class NewKeyJson {
  /** 9999-12-31T23:59:59Z, the last second that clients can show. */
  private static final long LAST_SECOND = 253_402_300_799L;

  private NewKeyJson() {}

  static NewKey read(KeyName name, JsonBody body) {
    refuseUnsupported(body);
    Optional<JsonBody> attributes = body.object("attributes");
    return new NewKey(
        name,
        parameters(body),
        new KeySettings(
            body.texts("key_ops").map(NewKeyJson::operations),
            attributes.flatMap(a -> a.bool("enabled")).orElse(true),
            attributes.flatMap(a -> time(a, "nbf")),
            attributes.flatMap(a -> time(a, "exp")),
            body.textMap("tags").orElse(Map.of()),
            false,
            Optional.empty()));
  }

  private static KeyParameters parameters(JsonBody body) {
    String kty = body.text("kty");
    KeyType type = KeyType.fromWire(kty).orElseThrow(() -> Problems.invalidKeyType(kty));
    return switch (type) {
      case RSA -> rsa(body);
      case EC -> ec(body);
      case OCT ->
          new KeyParameters.Oct(body.integer("key_size").orElse(KeyParameters.Oct.DEFAULT_BITS));
    };
  }

  private static KeyParameters rsa(JsonBody body) {
    OptionalInt exponent = body.integer("public_exponent");
    boolean given = exponent.isPresent() && exponent.getAsInt() != 0;
    return new KeyParameters.Rsa(
        body.integer("key_size").orElse(KeyParameters.Rsa.DEFAULT_BITS),
        given ? exponent.getAsInt() : KeyParameters.Rsa.DEFAULT_EXPONENT);
  }

  private static KeyParameters ec(JsonBody body) {
    Optional<String> crv = body.optionalText("crv");
    if (crv.isEmpty()) {
      return new KeyParameters.Ec(Curve.P_256);
    }
    return new KeyParameters.Ec(
        Curve.fromWire(crv.get())
            .orElseThrow(() -> Problems.badParameter("Property crv names no supported curve.")));
  }

  private static List<KeyOperation> operations(List<String> names) {
    return names.stream()
        .map(
            name ->
                KeyOperation.fromWire(name)
                    .orElseThrow(
                        () -> Problems.badParameter("Property key_ops has an unknown operation.")))
        .toList();
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

  /** What would change the meaning of the key must not be ignored. */
  private static void refuseUnsupported(JsonBody body) {
    if (body.has("release_policy")) {
      throw Problems.badParameter("Release policies are not supported.");
    }
    Optional<JsonBody> attributes = body.object("attributes");
    if (attributes.filter(a -> a.has("external_key")).isPresent()) {
      throw Problems.badParameter("External keys are not supported.");
    }
    if (attributes.flatMap(a -> a.bool("exportable")).orElse(false)) {
      throw Problems.badParameter("Exportable keys are not supported.");
    }
  }
}
