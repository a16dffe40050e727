package localhsm.server.pipeline;

import java.util.UUID;
import localhsm.server.json.JsonWriter;
import org.jspecify.annotations.Nullable;

/** The error envelope: {@code {"error":{"code","innererror","message"}}}. */
final class ErrorJson {
  private ErrorJson() {}

  /** Every message ends with the activity id, as the real service's do. */
  static byte[] write(String code, String message, @Nullable String inner, UUID activity) {
    return JsonWriter.write(
        json -> {
          json.writeStartObject();
          json.writeObjectFieldStart("error");
          json.writeStringField("code", code);
          if (inner != null) {
            json.writeObjectFieldStart("innererror");
            json.writeStringField("code", inner);
            json.writeEndObject();
          }
          json.writeStringField("message", message + " (Activity ID: " + activity + ")");
          json.writeEndObject();
          json.writeEndObject();
        });
  }
}
