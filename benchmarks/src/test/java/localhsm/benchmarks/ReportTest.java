package localhsm.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import localhsm.benchmarks.Report.Figure;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.util.ListStatistics;

class ReportTest {
  @Test
  void comparesThePipelineWithThePrimitive() {
    Map<String, Figure> measured =
        Map.of(
            "primitive", new Figure(80, 3),
            "pipeline", new Figure(92.04, 4),
            "overhead", new Figure(9.96, 0.2));
    assertThat(Report.table(Map.of(Operation.ES256_SIGN, measured)).get(2))
        .isEqualTo("| ES256 sign | 80.0 ± 3.0 | 92.0 ± 4.0 | 12.0 ± 5.0 | 1.15 | 10.0 ± 0.2 |");
  }

  @Test
  void givesMedianAndQuartiles() {
    ListStatistics calls = new ListStatistics(new double[] {1, 2, 3, 4, 5, 6, 1000});
    assertThat(Figure.of(calls)).hasToString("4.0 ± 2.0");
  }

  @Test
  void leavesOutWhatWasNotMeasured() {
    Map<String, Figure> measured = Map.of("pipeline", new Figure(92, 0.5));
    assertThat(Report.table(Map.of(Operation.RS256_SIGN, measured)).get(2))
        .isEqualTo("| RS256 sign | - | 92.0 ± 0.5 | - | - | - |");
  }

  @Test
  void keepsTheOrderOfTheOperations() {
    Map<Operation, Map<String, Figure>> figures = new EnumMap<>(Operation.class);
    figures.put(Operation.ES256_SIGN, Map.of());
    figures.put(Operation.RS256_SIGN, Map.of());
    assertThat(Report.table(figures))
        .hasSize(4)
        .satisfies(lines -> assertThat(lines.get(2)).contains("RS256"))
        .satisfies(lines -> assertThat(lines.get(3)).contains("ES256"));
  }
}
