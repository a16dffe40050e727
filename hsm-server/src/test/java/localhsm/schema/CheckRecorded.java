package localhsm.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Checks answers that clients of other languages wrote down: a file with one JSON object a line,
 * {@code {"method","url","status","headers":{},"body"}}. Further arguments are the operations that
 * must be among those that succeeded. Ends with 1 at any fault.
 */
public final class CheckRecorded {
  private CheckRecorded() {}

  public static void main(String[] arguments) throws IOException {
    AnswerCheck check = new AnswerCheck();
    int faults = 0;
    List<String> lines = Files.readAllLines(Path.of(arguments[0]));
    for (String line : lines) {
      try {
        check.check(read(new ObjectMapper().readTree(line)));
      } catch (AssertionError fault) {
        faults++;
        System.err.println("not ok - " + fault.getMessage());
      }
    }
    for (String wanted : List.of(arguments).subList(1, arguments.length)) {
      if (!check.succeeded().contains(wanted)) {
        faults++;
        System.err.println("not ok - no success seen of " + wanted);
      }
    }
    System.out.printf("%d answers checked, %d faults%n", lines.size(), faults);
    System.exit(faults == 0 && !lines.isEmpty() ? 0 : 1);
  }

  private static SeenAnswer read(JsonNode line) {
    Map<String, List<String>> headers = new HashMap<>();
    line.get("headers")
        .properties()
        .forEach(
            header ->
                headers.put(
                    header.getKey().toLowerCase(Locale.ROOT), List.of(header.getValue().asText())));
    return new SeenAnswer(
        line.get("method").asText(),
        line.get("url").asText(),
        line.get("status").asInt(),
        headers,
        line.get("body").asText());
  }
}
