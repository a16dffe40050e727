package localhsm.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** One file of the keys API's schemas (Swagger 2.0): its operations and definitions. */
final class OpenApi {
  static final String NEWEST_STABLE = "2026-04-01";

  private static final List<String> VERSIONS =
      List.of("7.5", "7.6", "2025-07-01", NEWEST_STABLE, "2026-07-01-preview");
  private static final NavigableMap<String, OpenApi> FILES = files();

  private final List<Operation> operations;
  private final JsonNode definitions;

  private OpenApi(JsonNode file) {
    this.definitions = file.get("definitions");
    List<Operation> found = new ArrayList<>();
    file.get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(verb -> found.add(operation(path.getKey(), verb))));
    this.operations = List.copyOf(found);
  }

  /**
   * The schemas that an api-version is held to: its own, else the nearest older ones, else the
   * oldest; those of the newest stable version when a request named none.
   */
  static OpenApi of(Optional<String> apiVersion) {
    Map.Entry<String, OpenApi> nearest = FILES.floorEntry(order(apiVersion.orElse(NEWEST_STABLE)));
    return nearest == null ? FILES.firstEntry().getValue() : nearest.getValue();
  }

  List<Operation> operations() {
    return operations;
  }

  /** The operation that a request is for. */
  Optional<Operation> find(String verb, List<String> path) {
    return operations.stream()
        .filter(operation -> operation.matches(verb, path))
        .max(Comparator.comparingLong(Operation::words));
  }

  JsonNode definition(String name) {
    return Objects.requireNonNull(definitions.get(name), name);
  }

  private static Operation operation(String path, Map.Entry<String, JsonNode> verb) {
    Map<String, Optional<String>> answers = new HashMap<>();
    verb.getValue()
        .get("responses")
        .properties()
        .forEach(
            answer ->
                answers.put(
                    answer.getKey(),
                    Optional.ofNullable(answer.getValue().get("schema")).map(OpenApi::reference)));
    return new Operation(
        verb.getValue().get("operationId").asText(),
        verb.getKey(),
        Stream.of(path.split("/", -1)).filter(part -> !part.isEmpty()).toList(),
        Map.copyOf(answers));
  }

  /** The name of the definition that a schema points to. */
  static String reference(JsonNode schema) {
    return schema.get("$ref").asText().replaceFirst("^#/definitions/", "");
  }

  private static NavigableMap<String, OpenApi> files() {
    NavigableMap<String, OpenApi> files = new TreeMap<>();
    VERSIONS.forEach(version -> files.put(order(version), read(version)));
    return files;
  }

  /** Sorts as versions follow each other: 7.x before the dated ones, previews before their own. */
  private static String order(String version) {
    String numbered = version.startsWith("7.") ? "000" + version : version;
    return version.contains("preview") ? numbered : numbered + "~";
  }

  private static OpenApi read(String version) {
    try (InputStream in = OpenApi.class.getResourceAsStream("/openapi/keys-" + version + ".json")) {
      return new OpenApi(new ObjectMapper().readTree(Objects.requireNonNull(in, version)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
