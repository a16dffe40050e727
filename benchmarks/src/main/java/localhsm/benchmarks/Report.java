package localhsm.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.openjdk.jmh.util.Statistics;

/** The figures side by side, as a table in Markdown; all times in microseconds. */
final class Report {
  private static final String NONE = "-";

  private Report() {}

  /**
   * A median and half the distance of the quartiles, in microseconds.
   *
   * @param spread half of the calls are no further apart than twice this
   */
  record Figure(double median, double spread) {
    static Figure of(Statistics calls) {
      return new Figure(
          calls.getPercentile(50), (calls.getPercentile(75) - calls.getPercentile(25)) / 2);
    }

    Figure minus(Figure other) {
      return new Figure(median - other.median, Math.hypot(spread, other.spread));
    }

    @Override
    public String toString() {
      return number("%.1f ± %.1f", median, spread);
    }
  }

  /** The table: for each operation its figures by name of the benchmark, some of which may lack. */
  static List<String> table(Map<Operation, Map<String, Figure>> figures) {
    List<String> lines = new ArrayList<>();
    lines.add("| µs | primitive | through the pipeline | difference | ratio | without primitive |");
    lines.add("| --- | --- | --- | --- | --- | --- |");
    figures.forEach((operation, measured) -> lines.add(row(operation, measured)));
    return lines;
  }

  private static String row(Operation operation, Map<String, Figure> measured) {
    Optional<Figure> bare = Optional.ofNullable(measured.get("primitive"));
    Optional<Figure> whole = Optional.ofNullable(measured.get("pipeline"));
    Optional<Figure> without = Optional.ofNullable(measured.get("overhead"));
    Optional<Figure> difference = whole.flatMap(w -> bare.map(w::minus));
    Optional<String> ratio =
        whole.flatMap(w -> bare.map(b -> number("%.2f", w.median() / b.median())));
    List<String> cells =
        List.of(
            operation.label(),
            text(bare),
            text(whole),
            text(difference),
            text(ratio),
            text(without));
    return "| " + String.join(" | ", cells) + " |";
  }

  private static String text(Optional<?> figure) {
    return figure.map(Object::toString).orElse(NONE);
  }

  private static String number(String format, Object... numbers) {
    return String.format(Locale.ROOT, format, numbers);
  }
}
