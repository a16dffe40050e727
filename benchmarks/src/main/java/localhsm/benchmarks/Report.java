package localhsm.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The figures side by side, as a table in Markdown; all times in microseconds. */
final class Report {
  private static final String NONE = "-";

  private Report() {}

  /**
   * A mean and half the width of its 99.9 % interval, in microseconds.
   *
   * @param error not a number when there are too few samples
   */
  record Figure(double mean, double error) {
    Figure minus(Figure other) {
      return new Figure(mean - other.mean, Math.hypot(error, other.error));
    }

    @Override
    public String toString() {
      return Double.isNaN(error) ? number("%.1f", mean) : number("%.1f ± %.1f", mean, error);
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
    Optional<String> ratio = whole.flatMap(w -> bare.map(b -> number("%.2f", w.mean() / b.mean())));
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
