package localhsm.server.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import localhsm.problem.ProblemException;
import localhsm.problem.Problems;
import localhsm.secret.SecretBytes;
import localhsm.server.http.Request;

/**
 * A JSON object of a request, read member by member. A member that is {@code null} counts as
 * absent, one of another type is refused with a sentence that names it and never its value. Unknown
 * members are ignored, as the service does.
 */
public final class JsonBody {
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(32)
                          .maxNumberLength(32)
                          .maxNameLength(1024)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final JsonNode node;

  private JsonBody(JsonNode node) {
    this.node = node;
  }

  /**
   * Reads the body of a request.
   *
   * @throws ProblemException when it is not exactly one JSON object
   */
  public static JsonBody of(Request request) {
    return parse(request.body(), "The request body");
  }

  private static JsonBody parse(byte[] json, String subject) {
    try {
      JsonNode node = MAPPER.readTree(json);
      if (node == null || !node.isObject()) {
        throw Problems.badParameter(subject + " must be a JSON object.");
      }
      return new JsonBody(node);
    } catch (IOException e) {
      throw Problems.badParameter(subject + " is not well-formed JSON.");
    }
  }

  /** A text that must be there. */
  public String text(String member) {
    return optionalText(member).orElseThrow(() -> missing(member));
  }

  /** A text that may be there. */
  public Optional<String> optionalText(String member) {
    return value(member).map(value -> text(value, member));
  }

  /** A base64url value that must be there; padding is accepted. */
  public byte[] bytes(String member) {
    return optionalBytes(member).orElseThrow(() -> missing(member));
  }

  /** A base64url value that may be there; padding is accepted. */
  public Optional<byte[]> optionalBytes(String member) {
    return optionalText(member).map(text -> decoded(text, member));
  }

  /** A base64url value that must be there and is to be kept secret. */
  public SecretBytes secret(String member) {
    return SecretBytes.owning(bytes(member));
  }

  /** A base64url value that must be there and holds UTF-8 text. */
  public String encodedText(String member) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes(member))).toString();
    } catch (CharacterCodingException e) {
      throw wrong(member, "base64url of a text");
    }
  }

  /** A base64url value that must be there and holds a JSON object. */
  public JsonBody encodedObject(String member) {
    return parse(bytes(member), "The content of property " + member);
  }

  /** A 32-bit integer that may be there. */
  public OptionalInt integer(String member) {
    Optional<JsonNode> value = value(member);
    if (value.isEmpty()) {
      return OptionalInt.empty();
    }
    if (!value.get().isIntegralNumber() || !value.get().canConvertToInt()) {
      throw wrong(member, "an integer");
    }
    return OptionalInt.of(value.get().intValue());
  }

  /** A 64-bit integer that may be there. */
  public Optional<Long> longInteger(String member) {
    return value(member)
        .map(
            value -> {
              if (!value.isIntegralNumber() || !value.canConvertToLong()) {
                throw wrong(member, "an integer");
              }
              return value.longValue();
            });
  }

  /** A truth value that may be there. */
  public Optional<Boolean> bool(String member) {
    return value(member)
        .map(
            value -> {
              if (!value.isBoolean()) {
                throw wrong(member, "true or false");
              }
              return value.booleanValue();
            });
  }

  /** An object that may be there. */
  public Optional<JsonBody> object(String member) {
    return value(member)
        .map(
            value -> {
              if (!value.isObject()) {
                throw wrong(member, "an object");
              }
              return new JsonBody(value);
            });
  }

  /** An object that must be there. */
  public JsonBody requiredObject(String member) {
    return object(member).orElseThrow(() -> missing(member));
  }

  /** A list of texts that may be there. */
  public Optional<List<String>> texts(String member) {
    return value(member)
        .map(
            value -> {
              if (!value.isArray()) {
                throw wrong(member, "an array of strings");
              }
              List<String> texts = new ArrayList<>();
              for (JsonNode element : value) {
                texts.add(text(element, member));
              }
              return texts;
            });
  }

  /** A list of objects that may be there. */
  public Optional<List<JsonBody>> objects(String member) {
    return value(member)
        .map(
            value -> {
              List<JsonBody> objects = new ArrayList<>();
              for (JsonNode element : value) {
                objects.add(new JsonBody(element));
              }
              if (!value.isArray() || objects.stream().anyMatch(o -> !o.node.isObject())) {
                throw wrong(member, "an array of objects");
              }
              return objects;
            });
  }

  /** An object of texts that may be there, under names of the caller's choice. */
  public Optional<Map<String, String>> textMap(String member) {
    return object(member)
        .map(
            object -> {
              Map<String, String> texts = new LinkedHashMap<>();
              for (Map.Entry<String, JsonNode> field : object.node.properties()) {
                texts.put(wellFormed(field.getKey(), member), text(field.getValue(), member));
              }
              return texts;
            });
  }

  /** Whether the member is there, of whatever type, and not {@code null}. */
  public boolean has(String member) {
    return value(member).isPresent();
  }

  private Optional<JsonNode> value(String member) {
    return Optional.ofNullable(node.get(member)).filter(value -> !value.isNull());
  }

  private static byte[] decoded(String text, String member) {
    try {
      return Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw wrong(member, "a base64url value");
    }
  }

  private static String text(JsonNode value, String member) {
    if (!value.isTextual()) {
      throw wrong(member, "a string");
    }
    return wellFormed(value.textValue(), member);
  }

  /** Half a surrogate pair can be escaped in JSON, but in no encoding of an answer or a record. */
  private static String wellFormed(String text, String member) {
    if (text.codePoints()
        .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
      throw wrong(member, "well-formed text");
    }
    return text;
  }

  private static ProblemException missing(String member) {
    return Problems.badParameter("Property " + member + " is required.");
  }

  private static ProblemException wrong(String member, String expected) {
    return Problems.badParameter("Property " + member + " must be " + expected + ".");
  }
}
