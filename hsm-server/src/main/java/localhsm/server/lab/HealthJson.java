package localhsm.server.lab;

import localhsm.server.json.JsonWriter;

/** What health endpoints answer. */
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
