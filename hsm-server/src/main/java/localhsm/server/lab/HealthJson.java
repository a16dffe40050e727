package localhsm.server.lab;

import localhsm.server.http.JsonWriter;

/** The JSON of health. */
final class HealthJson {
  private HealthJson() {}

  static byte[] ok() {
    return JsonWriter.write(
        json -> {
          json.writeStartObject();
          json.writeStringField("status", "ok");
          json.writeEndObject();
        });
  }
}
