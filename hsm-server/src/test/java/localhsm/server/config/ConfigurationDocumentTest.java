package localhsm.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import localhsm.keys.lifecycle.SoftDelete;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The table of settings for users. */
@DisplayName("docs/configuration.md")
class ConfigurationDocumentTest {
  private static final Path HOME = Path.of("/home/somebody");

  /** What holds when nothing is given, where the code says it elsewhere than in the defaults. */
  private static final Map<Setting, String> ELSEWHERE =
      Map.of(
          Setting.HSM_SOFT_DELETE_RETENTION_DAYS,
          "`" + SoftDelete.DEFAULT.retentionDays() + "`",
          Setting.HSM_PURGE_PROTECTION,
          "`" + SoftDelete.DEFAULT.purgeProtection() + "`");

  private record Row(String key, String variable, String flag, String defaultText) {}

  private static List<Row> rows() throws IOException {
    List<Row> rows = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of("..", "docs", "configuration.md"))) {
      if (line.startsWith("| `")) {
        String[] cells = line.split("\\|", -1);
        assertThat(cells).as(line).hasSize(6);
        rows.add(new Row(code(cells[1]), code(cells[2]), code(cells[3]), cells[4].strip()));
      }
    }
    return rows;
  }

  private static String code(String cell) {
    return cell.replace("`", "").strip();
  }

  @Test
  void hasARowForEverySetting() throws IOException {
    assertThat(rows())
        .extracting(row -> List.of(row.key(), row.variable(), row.flag()))
        .containsExactlyElementsOf(
            Arrays.stream(Setting.values())
                .map(setting -> List.of(setting.key(), setting.variable(), setting.flag()))
                .toList());
  }

  @Test
  void tellsEveryDefault() throws IOException {
    Map<String, Object> defaults = new LinkedHashMap<>();
    collect("", ServerConfig.defaults(HOME), defaults);
    for (Row row : rows()) {
      Setting setting = Setting.ofKey(row.key()).orElseThrow();
      String expected =
          ELSEWHERE.getOrDefault(setting, text(Objects.requireNonNull(defaults.get(row.key()))));
      assertThat(row.defaultText()).as(row.key()).startsWith(expected).isNotEmpty();
    }
  }

  private static void collect(String prefix, Record group, Map<String, Object> into) {
    for (RecordComponent component : group.getClass().getRecordComponents()) {
      String key =
          prefix + component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
      Object value = value(component, group);
      boolean isGroup = value.getClass().getEnclosingClass() == ServerConfig.class;
      if (isGroup && value instanceof Record inner) {
        collect(key + ".", inner, into);
      } else {
        into.put(key, value);
      }
    }
  }

  private static Object value(RecordComponent component, Object of) {
    try {
      return component.getAccessor().invoke(of);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  /** The beginning of the cell; what depends on another setting or on chance is told in words. */
  private static String text(Object value) {
    if (value instanceof Optional) {
      return "";
    }
    if (value instanceof List<?> list) {
      return list.isEmpty() ? "none" : text(list.get(0));
    }
    if (value instanceof InetAddress address) {
      return "`" + address.getHostAddress() + "`";
    }
    String plain = value instanceof Enum ? value.toString().toLowerCase(Locale.ROOT) : "" + value;
    return "`" + plain.replace(HOME.toString(), "~") + "`";
  }
}
