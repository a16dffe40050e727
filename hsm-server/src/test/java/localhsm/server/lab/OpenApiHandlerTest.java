package localhsm.server.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import localhsm.server.http.Verb;
import localhsm.server.pipeline.Route;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("GET /_localhsm/openapi.json")
class OpenApiHandlerTest {
  private final LabApi api = new LabApi();

  private JsonNode document() throws IOException {
    return new ObjectMapper().readTree(api.send(Verb.GET, "/_localhsm/openapi.json", "").body());
  }

  private static String line(String verb, String path, String operation) {
    return verb.toUpperCase(Locale.ROOT) + " " + path + " " + operation;
  }

  @Test
  void describesEveryRouteOfTheLabAndNoOther(@TempDir Path folder) throws IOException {
    List<String> described = new ArrayList<>();
    document()
        .get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        verb ->
                            described.add(
                                line(
                                    verb.getKey(),
                                    path.getKey(),
                                    verb.getValue().get("operationId").asText()))));

    assertThat(described)
        .containsExactlyInAnyOrderElementsOf(
            TestLabRoutes.all(folder).stream().map(OpenApiHandlerTest::line).toList());
  }

  private static String line(Route route) {
    return line(route.verb().name(), route.path(), route.operationName());
  }

  @Test
  void asksForTheHeaderOnEverythingButGet() throws IOException {
    for (JsonNode path : document().get("paths")) {
      path.properties()
          .forEach(
              verb ->
                  assertThat(verb.getValue().toString().contains("parameters/OnPurpose"))
                      .as(verb.getValue().get("operationId").asText())
                      .isEqualTo(!verb.getKey().equals("get")));
    }
  }

  @Test
  void refersToNothingThatIsMissing() throws IOException {
    JsonNode document = document();
    List<JsonNode> references = document.findValues("$ref");

    assertThat(document.get("openapi").asText()).startsWith("3.0");
    assertThat(references)
        .isNotEmpty()
        .allSatisfy(
            reference ->
                assertThat(document.at(reference.asText().substring(1)).isObject())
                    .as(reference.asText())
                    .isTrue());
  }
}
