package localhsm.server.pipeline;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The known values of {@code api-version}, oldest first; previews stand beside their version. */
public enum ApiVersion {
  V7_0("7.0"),
  V7_1("7.1"),
  V7_2_PREVIEW("7.2-preview"),
  V7_2("7.2"),
  V7_3_PREVIEW("7.3-preview"),
  V7_3("7.3"),
  V7_4_PREVIEW_1("7.4-preview.1"),
  V7_4("7.4"),
  V7_5_PREVIEW_1("7.5-preview.1"),
  V7_5("7.5"),
  V7_6_PREVIEW_1("7.6-preview.1"),
  V7_6_PREVIEW_2("7.6-preview.2"),
  V7_6("7.6"),
  V2025_06_01_PREVIEW("2025-06-01-preview"),
  V2025_07_01("2025-07-01"),
  V2026_01_01_PREVIEW("2026-01-01-preview"),
  V2026_03_01_PREVIEW("2026-03-01-preview"),
  V2026_04_01("2026-04-01"),
  V2026_05_01_PREVIEW("2026-05-01-preview"),
  V2026_07_01_PREVIEW("2026-07-01-preview");

  /** What a request means that need not say. */
  static final ApiVersion LATEST_STABLE = V2026_04_01;

  private static final Map<String, ApiVersion> BY_NAME =
      Stream.of(values()).collect(Collectors.toMap(v -> v.wireName, Function.identity()));

  private final String wireName;

  ApiVersion(String wireName) {
    this.wireName = wireName;
  }

  /** The value of the query parameter. */
  public String wireName() {
    return wireName;
  }

  /**
   * Whether this version has what came with the given one. A preview has what its version has.
   *
   * @param introduced a version that is no preview
   */
  public boolean atLeast(ApiVersion introduced) {
    return compareTo(introduced) >= 0 || wireName.startsWith(introduced.wireName + "-");
  }

  /** Looks a version up by its exact name. */
  static Optional<ApiVersion> fromWire(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }
}
