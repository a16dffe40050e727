package localhsm.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Checks every answer of the data plane that it is shown, and remembers which operations succeeded.
 */
public final class AnswerCheck {
  private static final Set<String> DATA_PLANE = Set.of("keys", "deletedkeys", "rng");
  private static final String ERROR = "KeyVaultError";

  private final Set<String> succeeded = new TreeSet<>();

  /**
   * Checks an answer; those of other planes pass.
   *
   * @throws AssertionError naming every fault
   */
  public void check(SeenAnswer answer) {
    if (DATA_PLANE.contains(answer.area())) {
      List<String> faults = faults(answer);
      if (!faults.isEmpty()) {
        throw new AssertionError(String.join("; ", faults) + " in " + answer);
      }
    }
  }

  /** The ids of the operations that were answered with success. */
  public Set<String> succeeded() {
    return Set.copyOf(succeeded);
  }

  /** The ids of all operations of the newest stable version. */
  public static Set<String> allOperations() {
    Set<String> ids = new TreeSet<>();
    OpenApi.of(Optional.empty()).operations().forEach(operation -> ids.add(operation.id()));
    return ids;
  }

  private List<String> faults(SeenAnswer answer) {
    List<String> faults = new ArrayList<>(HeaderCheck.faults(answer));
    OpenApi api = OpenApi.of(answer.apiVersion());
    Optional<Operation> operation = api.find(answer.method(), answer.segments());
    if (answer.status() == 401) {
      challenge(answer, faults);
    } else if (!answer.successful()) {
      error(answer, api, faults);
    } else if (operation.isEmpty()) {
      faults.add("a success of no operation");
    } else {
      success(answer, api, operation.get(), faults);
    }
    return faults;
  }

  private void success(SeenAnswer answer, OpenApi api, Operation operation, List<String> faults) {
    Optional<String> definition =
        operation.answers().getOrDefault(String.valueOf(answer.status()), Optional.empty());
    if (!operation.answers().containsKey(String.valueOf(answer.status()))) {
      faults.add(operation.id() + " does not succeed with " + answer.status());
    } else if (definition.isPresent()) {
      faults.addAll(body(answer, api, definition.get()));
      succeeded.add(operation.id());
    } else {
      succeeded.add(operation.id());
      if (!answer.body().isEmpty()) {
        faults.add("a body where there is none");
      }
    }
  }

  private static void error(SeenAnswer answer, OpenApi api, List<String> faults) {
    if (answer.method().equals("HEAD")) {
      return;
    }
    faults.addAll(body(answer, api, ERROR));
    String message = answer.json().map(json -> json.at("/error/message").asText()).orElse("");
    if (!message.endsWith(" (Activity ID: " + answer.header("x-ms-request-id") + ")")) {
      faults.add("the message does not end with the Activity ID");
    }
    if (answer.status() / 100 != 4 && answer.status() != 503) {
      faults.add("a failure of the server");
    }
  }

  /** The real service sends nothing, or two bytes for GET. */
  private static void challenge(SeenAnswer answer, List<String> faults) {
    if (!answer.body().equals(answer.method().equals("GET") ? "OK" : "")) {
      faults.add("a challenge with a body");
    }
  }

  private static List<String> body(SeenAnswer answer, OpenApi api, String definition) {
    Optional<JsonNode> json = answer.json();
    return json.isEmpty()
        ? List.of("no JSON: " + answer.body())
        : Schema.faults(api, definition, json.get());
  }
}
