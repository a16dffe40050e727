package localhsm.server.lab;

import java.util.List;
import java.util.stream.Stream;
import localhsm.problem.Problems;
import localhsm.server.json.JsonBody;
import localhsm.server.json.JsonWriter;

/** The clock in requests and answers; times are Unix seconds. */
final class ClockJson {
  private ClockJson() {}

  static ClockChange read(JsonBody body) {
    List<ClockForm> forms =
        Stream.of(ClockForm.values()).filter(form -> body.has(form.member())).toList();
    if (forms.size() != 1) {
      throw Problems.badParameter("Exactly one of freeze, set, advance and resume is required.");
    }
    ClockForm form = forms.get(0);
    return new ClockChange(form, form.argument(body), body.bool("tokens"));
  }

  static byte[] write(LabClock.Reading reading) {
    return JsonWriter.write(
        json -> {
          json.writeStartObject();
          json.writeBooleanField("frozen", reading.frozen());
          json.writeNumberField("now", reading.now().getEpochSecond());
          json.writeNumberField("offset", reading.offsetSeconds());
          json.writeBooleanField("tokens", reading.tokens());
          json.writeEndObject();
        });
  }
}
