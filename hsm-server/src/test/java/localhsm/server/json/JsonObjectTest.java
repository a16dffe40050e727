package localhsm.server.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonObjectTest {
  private static String text(JsonObject object) {
    return new String(object.bytes(), StandardCharsets.UTF_8);
  }

  @Test
  void standsInAlphabeticalOrder() {
    JsonObject object =
        new JsonObject()
            .put("kty", "EC-HSM")
            .put("kid", "x")
            .putTexts("key_ops", List.of("sign", "\u00e4\""))
            .put("a", true)
            .put("n", -1L)
            .put("m", new JsonObject().put("z", "1").put("y", "2"))
            .putObjects("l", List.of(new JsonObject(), new JsonObject().put("b", 1)))
            .putBytes("e", new byte[] {(byte) 0xfb, (byte) 0xff});
    assertThat(text(object))
        .isEqualTo(
            "{\"a\":true,\"e\":\"-_8\",\"key_ops\":[\"sign\",\"\u00e4\\\"\"],\"kid\":\"x\","
                + "\"kty\":\"EC-HSM\",\"l\":[{},{\"b\":1}],\"m\":{\"y\":\"2\",\"z\":\"1\"},"
                + "\"n\":-1}");
  }

  @Test
  void isEmptyAtFirst() {
    assertThat(text(new JsonObject())).isEqualTo("{}");
  }

  @Test
  void keepsTheLastValueOfAMember() {
    assertThat(text(new JsonObject().put("a", "1").put("a", 2))).isEqualTo("{\"a\":2}");
  }
}
