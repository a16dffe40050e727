package localhsm.server.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The settings of a YAML file. Reads events, not a tree: every problem is told with its line, a key
 * given twice included, and aliases, which could blow a small file up, are refused.
 */
final class YamlSettings {
  private static final int MAX_BYTES = 1 << 20;

  private static final String ISSUER = "issuer";
  private static final String JWKS = "jwks";

  /** Keys of former versions, each with what to write instead. */
  private static final Map<String, String> RETIRED = Map.of();

  private final String name;
  private final YAMLParser parser;
  private final List<String> problems;
  private final Map<String, String> retired;
  private final Map<Setting, Given> settings = new EnumMap<>(Setting.class);
  private final Set<String> seen = new TreeSet<>();

  private YamlSettings(
      String name, YAMLParser parser, List<String> problems, Map<String, String> retired) {
    this.name = name;
    this.parser = parser;
    this.problems = problems;
    this.retired = retired;
  }

  /** What the file sets; all that is wrong with it goes to the problems. */
  static Map<Setting, Given> read(Path file, List<String> problems) {
    return read(file, problems, RETIRED);
  }

  static Map<Setting, Given> read(Path file, List<String> problems, Map<String, String> retired) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length <= MAX_BYTES) {
        return parse(file.toString(), bytes, problems, retired);
      }
      problems.add(file + ": is larger than a configuration can be (1 MiB)");
    } catch (IOException e) {
      problems.add(file + ": cannot be read (" + e.getClass().getSimpleName() + ")");
    }
    return Map.of();
  }

  private static Map<Setting, Given> parse(
      String name, byte[] bytes, List<String> problems, Map<String, String> retired)
      throws IOException {
    try (YAMLParser parser = new YAMLFactory().createParser(bytes)) {
      YamlSettings reader = new YamlSettings(name, parser, problems, retired);
      reader.document();
      return reader.settings;
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      // The parser's own words may quote the text, and the text may be a secret.
      problems.add("%s:%d: is not YAML from here on".formatted(name, line));
      return Map.of();
    }
  }

  private void document() throws IOException {
    JsonToken first = parser.nextToken();
    if (first == null || first == JsonToken.VALUE_NULL) {
      return;
    }
    if (first != JsonToken.START_OBJECT) {
      problem("must hold keys and values");
      return;
    }
    object("");
    if (parser.nextToken() != null) {
      problem("must be one document");
    }
  }

  private void object(String prefix) throws IOException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = prefix + parser.currentName();
      parser.nextToken();
      if (!seen.add(key)) {
        problem(key + " is given twice");
        parser.skipChildren();
      } else {
        entry(key);
      }
    }
  }

  private void entry(String key) throws IOException {
    Optional<Setting> setting = Setting.ofKey(key);
    String advice = retired.get(key);
    if (setting.isPresent()) {
      value(setting.get());
    } else if (Setting.isGroup(key)) {
      group(key);
    } else {
      problem(advice == null ? key + " is no known key" : key + " is no longer used: " + advice);
      parser.skipChildren();
    }
  }

  private void group(String key) throws IOException {
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      object(key + ".");
    } else if (parser.currentToken() != JsonToken.VALUE_NULL) {
      problem(key + " must be a group of keys");
      parser.skipChildren();
    }
  }

  private void value(Setting setting) throws IOException {
    String origin = origin();
    List<String> texts = new ArrayList<>();
    boolean fits =
        setting.kind().plural() ? list(setting.kind(), texts) : scalar(setting.kind(), texts);
    if (fits) {
      settings.put(setting, new Given(origin, texts));
    } else {
      problems.add("%s: %s must be %s".formatted(origin, setting.key(), setting.kind().form()));
    }
  }

  private boolean list(Setting.Kind kind, List<String> texts) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return false;
    }
    boolean fits = true;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      fits &= kind == Setting.Kind.ISSUERS ? issuer(texts) : scalar(Setting.Kind.TEXT, texts);
    }
    return fits;
  }

  /** Reads an issuer into the text that would stand for it in a variable. */
  private boolean issuer(List<String> texts) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return false;
    }
    Map<String, String> members = new HashMap<>();
    boolean fits = true;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String member = parser.currentName();
      parser.nextToken();
      List<String> value = new ArrayList<>();
      fits &= scalar(Setting.Kind.TEXT, value) && members.put(member, value.get(0)) == null;
    }
    String issuer = members.getOrDefault(ISSUER, "");
    texts.add(members.containsKey(JWKS) ? issuer + " " + members.get(JWKS) : issuer);
    return fits
        && members.containsKey(ISSUER)
        && Set.of(ISSUER, JWKS).containsAll(members.keySet());
  }

  private boolean scalar(Setting.Kind kind, List<String> texts) throws IOException {
    JsonToken token = parser.currentToken();
    if (!fits(kind, token) || parser.isCurrentAlias()) {
      parser.skipChildren();
      return false;
    }
    texts.add(parser.getText());
    return true;
  }

  private static boolean fits(Setting.Kind kind, JsonToken token) {
    return switch (kind) {
      case TEXT -> token == JsonToken.VALUE_STRING;
      case NUMBER -> token == JsonToken.VALUE_NUMBER_INT;
      case TRUTH -> token.isBoolean();
      case LIST, ISSUERS -> token == JsonToken.START_ARRAY;
    };
  }

  private void problem(String text) {
    problems.add(origin() + ": " + text);
  }

  private String origin() {
    return name + ":" + ((JsonParser) parser).currentTokenLocation().getLineNr();
  }
}
