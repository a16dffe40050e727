package localhsm.server.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Header or payload of a token, read strictly: one JSON object in UTF-8, no member twice (RFC 7519
 * 4). A member of the wrong type is refused, never taken for absent.
 */
final class TokenJson {
  /** The largest integer that every JSON reader understands alike. */
  private static final long MAX_SECONDS = 1L << 53;

  private static final ObjectReader READER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(JsonNode.class);

  private final JsonNode object;

  private TokenJson(JsonNode object) {
    this.object = object;
  }

  static TokenJson parse(byte[] utf8) throws TokenRefusedException {
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(utf8))
              .toString();
      JsonNode node = READER.readTree(text);
      if (!node.isObject()) {
        throw new TokenRefusedException("a part is not a JSON object");
      }
      return new TokenJson(node);
    } catch (CharacterCodingException | JsonProcessingException e) {
      throw new TokenRefusedException("a part is not proper JSON");
    }
  }

  boolean has(String name) {
    return object.has(name);
  }

  String text(String name) throws TokenRefusedException {
    return optionalText(name).orElseThrow(() -> new TokenRefusedException("no " + name));
  }

  Optional<String> optionalText(String name) throws TokenRefusedException {
    JsonNode node = object.get(name);
    if (node == null) {
      return Optional.empty();
    }
    if (!node.isTextual()) {
      throw new TokenRefusedException(name + " is not a string");
    }
    return Optional.of(node.textValue());
  }

  /** The strings of an array; none when it is absent. */
  List<String> texts(String name) throws TokenRefusedException {
    JsonNode node = object.get(name);
    if (node == null) {
      return List.of();
    }
    if (!node.isArray()) {
      throw new TokenRefusedException(name + " is not an array");
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode element : node) {
      if (!element.isTextual()) {
        throw new TokenRefusedException(name + " holds something that is not a string");
      }
      texts.add(element.textValue());
    }
    return texts;
  }

  /** A string, or the strings of an array. */
  List<String> textOrTexts(String name) throws TokenRefusedException {
    JsonNode node = object.get(name);
    return node != null && node.isTextual() ? List.of(node.textValue()) : texts(name);
  }

  /** Unix seconds (RFC 7519 2, NumericDate), whole ones only. */
  Optional<Long> optionalSeconds(String name) throws TokenRefusedException {
    JsonNode node = object.get(name);
    if (node == null) {
      return Optional.empty();
    }
    boolean whole = node.isIntegralNumber() && node.canConvertToLong();
    if (!whole || node.longValue() < 0 || node.longValue() > MAX_SECONDS) {
      throw new TokenRefusedException(name + " is not a time in whole seconds");
    }
    return Optional.of(node.longValue());
  }
}
