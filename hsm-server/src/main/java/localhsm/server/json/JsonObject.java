package localhsm.server.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A JSON object of an answer. Its members stand in alphabetical order, as the service sends them,
 * whatever the order in which they were put; one that is not put is absent.
 */
public final class JsonObject implements JsonWriter.Content {
  private final Map<String, JsonWriter.Content> members = new TreeMap<>();

  /** Sets a text. */
  public JsonObject put(String member, String text) {
    return set(member, json -> json.writeString(text));
  }

  /** Sets a number. */
  public JsonObject put(String member, long number) {
    return set(member, json -> json.writeNumber(number));
  }

  /** Sets a truth value. */
  public JsonObject put(String member, boolean truth) {
    return set(member, json -> json.writeBoolean(truth));
  }

  /** Sets an object. */
  public JsonObject put(String member, JsonObject object) {
    return set(member, object);
  }

  /** Sets a binary value, as base64url without padding. */
  public JsonObject putBytes(String member, byte[] bytes) {
    return put(member, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** Sets a list of texts. */
  public JsonObject putTexts(String member, List<String> texts) {
    return set(
        member,
        json -> {
          json.writeStartArray();
          for (String text : texts) {
            json.writeString(text);
          }
          json.writeEndArray();
        });
  }

  /** Sets a list of objects. */
  public JsonObject putObjects(String member, List<JsonObject> objects) {
    return set(
        member,
        json -> {
          json.writeStartArray();
          for (JsonObject object : objects) {
            object.writeTo(json);
          }
          json.writeEndArray();
        });
  }

  /** The whole object in UTF-8. */
  public byte[] bytes() {
    return JsonWriter.write(this);
  }

  @Override
  public void writeTo(JsonGenerator json) throws IOException {
    json.writeStartObject();
    for (Map.Entry<String, JsonWriter.Content> member : members.entrySet()) {
      json.writeFieldName(member.getKey());
      member.getValue().writeTo(json);
    }
    json.writeEndObject();
  }

  private JsonObject set(String member, JsonWriter.Content value) {
    members.put(member, value);
    return this;
  }
}
