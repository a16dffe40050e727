package localhsm.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Holds a JSON value against a definition and collects every fault. Stricter than the schemas: a
 * member or value that they do not know must be among the {@link Additions}, and what is unset is
 * absent, never null.
 */
final class Schema {
  private static final long YEAR_2200 = 7_258_118_400L;

  private final OpenApi api;
  private final List<String> faults = new ArrayList<>();

  Schema(OpenApi api) {
    this.api = api;
  }

  /** Every fault of a value that should be of a definition; none when it is. */
  static List<String> faults(OpenApi api, String definition, JsonNode value) {
    Schema schema = new Schema(api);
    schema.named(definition, definition, value);
    return schema.faults;
  }

  private void named(String definition, String place, JsonNode value) {
    JsonNode schema = api.definition(definition);
    if (schema.has("enum")) {
      known(definition, schema.get("enum"), place, value);
    } else if (schema.has("properties")) {
      members(definition, schema, place, value);
    } else {
      value(schema, place, value);
    }
  }

  private void known(String definition, JsonNode values, String place, JsonNode value) {
    boolean found = Additions.VALUES.containsKey(definition + "=" + value.asText());
    for (JsonNode one : values) {
      found |= one.equals(value);
    }
    require(value.isTextual() && found, place, "is no " + definition + ": " + value);
  }

  private void members(String definition, JsonNode schema, String place, JsonNode value) {
    if (!require(value.isObject(), place, "is no object: " + value)) {
      return;
    }
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      String name = definition + "." + member.getKey();
      Optional<JsonNode> declared =
          Optional.ofNullable(schema.at("/properties").get(member.getKey()));
      declared.ifPresent(type -> value(type, place + "." + member.getKey(), member.getValue()));
      require(declared.isPresent() || Additions.MEMBERS.containsKey(name), place, "has " + name);
      refine(name, place, member.getValue());
    }
    schema.path("required").forEach(name -> present(name.asText(), place, value));
    always(definition).forEach(name -> present(name, place, value));
    Additions.NEVER
        .getOrDefault(definition, Set.of())
        .forEach(name -> require(!value.has(name), place, "gives away " + name));
  }

  private static Set<String> always(String definition) {
    return Additions.ALWAYS.getOrDefault(definition, Set.of());
  }

  private void present(String name, String place, JsonNode value) {
    require(value.has(name), place, "lacks " + name);
  }

  private void refine(String name, String place, JsonNode value) {
    Optional.ofNullable(Additions.REFINED.get(name + "[]"))
        .ifPresent(items -> value.forEach(item -> named(items, place + "." + name, item)));
  }

  private void value(JsonNode schema, String place, JsonNode value) {
    if (schema.has("$ref")) {
      named(OpenApi.reference(schema), place, value);
      return;
    }
    switch (schema.get("type").asText()) {
      case "string" -> text(schema.path("format").asText(), place, value);
      case "integer" -> integer(schema.path("format").asText(), place, value);
      case "boolean" -> require(value.isBoolean(), place, "is no boolean: " + value);
      case "array" -> items(schema.get("items"), place, value);
      case "object" -> map(schema, place, value);
      default -> faults.add(place + " has a type that is not known: " + schema);
    }
  }

  private void text(String format, String place, JsonNode value) {
    require(value.isTextual(), place, "is no text: " + value);
    if (format.equals("base64url")) {
      require(base64url(value.asText()), place, "is no base64url without padding: " + value);
    }
  }

  /** RFC 4648 section 5, in the one form that its bytes have. */
  private static boolean base64url(String text) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(text);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private void integer(String format, String place, JsonNode value) {
    boolean fits =
        switch (format) {
          case "unixtime" -> value.asLong() >= 0 && value.asLong() < YEAR_2200;
          case "int32" -> value.canConvertToInt();
          default -> true;
        };
    require(value.isIntegralNumber() && fits, place, "is no " + format + " integer: " + value);
  }

  private void items(JsonNode schema, String place, JsonNode value) {
    if (require(value.isArray(), place, "is no array: " + value)) {
      value.forEach(item -> value(schema, place + "[]", item));
    }
  }

  private void map(JsonNode schema, String place, JsonNode value) {
    if (require(value.isObject(), place, "is no object: " + value)) {
      value.forEach(item -> value(schema.get("additionalProperties"), place + ".*", item));
    }
  }

  private boolean require(boolean holds, String place, String fault) {
    if (!holds) {
      faults.add(place + " " + fault);
    }
    return holds;
  }
}
