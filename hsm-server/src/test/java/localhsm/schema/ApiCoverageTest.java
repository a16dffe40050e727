package localhsm.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table in {@code docs/api-coverage.md} says nothing that is not so. */
@DisplayName("The table of operations")
class ApiCoverageTest {
  private static final Path TABLE = Path.of("..", "docs", "api-coverage.md");

  /** A row: operation, method and path, version, tests, clients. */
  private record Row(String operation, String call, String tests) {
    @Override
    public String toString() {
      return operation;
    }
  }

  static List<Row> rows() throws IOException {
    return Files.readAllLines(TABLE).stream()
        .filter(line -> line.startsWith("| `"))
        .map(line -> line.split(" *\\| *", -1))
        .map(cells -> new Row(cells[1].replace("`", ""), cells[2].replace("`", ""), cells[4]))
        .toList();
  }

  @Test
  void hasEveryOperationOnce() throws IOException {
    assertThat(rows())
        .extracting(Row::operation)
        .containsExactlyInAnyOrderElementsOf(AnswerCheck.allOperations());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void namesItsMethodAndPath(Row row) {
    Operation operation =
        OpenApi.of(Optional.empty()).operations().stream()
            .filter(one -> one.id().equals(row.operation))
            .findFirst()
            .orElseThrow();
    String path = "/" + String.join("/", operation.template());
    assertThat(row.call)
        .isEqualTo(
            operation.method().toUpperCase(Locale.ROOT)
                + " "
                + path.replace("{key-name}", "{name}").replace("{key-version}", "{version}"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void namesTestsThatExist(Row row) throws ClassNotFoundException {
    List<String> tests =
        Stream.of(row.tests.split(",? ", -1)).map(test -> test.replace("`", "")).toList();
    assertThat(tests).isNotEmpty();
    for (String test : tests) {
      String[] parts = test.split("#", -1);
      assertThat(Class.forName("localhsm." + parts[0]).getDeclaredMethods())
          .as(test)
          .anyMatch(method -> method.getName().equals(parts[1]) && isTest(method));
    }
  }

  private static boolean isTest(Method method) {
    return method.isAnnotationPresent(Test.class)
        || method.isAnnotationPresent(TestFactory.class)
        || method.isAnnotationPresent(ParameterizedTest.class);
  }
}
