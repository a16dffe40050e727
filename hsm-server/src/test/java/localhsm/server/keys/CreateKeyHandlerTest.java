package localhsm.server.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import localhsm.crypto.EcMaterial;
import localhsm.id.KeyId;
import localhsm.id.KeyName;
import localhsm.keys.FoundKey;
import localhsm.problem.Problem;
import org.junit.jupiter.api.Test;

class CreateKeyHandlerTest {
  private final KeysApi api = new KeysApi();

  @Test
  void answersTheBundleOfTheNewKey() {
    String json = api.post("/keys/My-Key/create", "{\"kty\":\"EC\"}");
    FoundKey key = api.hsm.keys().get(KeyId.latest(new KeyName("my-key")));
    EcMaterial ec = (EcMaterial) key.version().material();
    assertThat(json)
        .isEqualTo(
            "{"
                + KeysApi.ATTRIBUTES
                + ",\"key\":{\"crv\":\"P-256\",\"key_ops\":[\"sign\",\"verify\"],\"kid\":\""
                + KeysApi.BASE
                + "/keys/My-Key/"
                + key.version().version()
                + "\",\"kty\":\"EC-HSM\",\"x\":\""
                + KeysApi.base64Url(ec.x())
                + "\",\"y\":\""
                + KeysApi.base64Url(ec.y())
                + "\"}}");
    assertThat(ec.x()).hasSize(32);
    assertThat(ec.y()).hasSize(32);
  }

  @Test
  void answersWhatWasAsked() {
    String json =
        api.post(
            "/keys/a/create",
            "{\"kty\":\"EC-HSM\",\"crv\":\"P-521\",\"key_ops\":[\"verify\"],"
                + "\"attributes\":{\"enabled\":false,\"nbf\":1,\"exp\":2},"
                + "\"tags\":{\"z\":\"1\",\"a name \":\"\u00e4\"}}");
    assertThat(json)
        .startsWith(
            "{\"attributes\":{\"created\":1800000000,\"enabled\":false,\"exp\":2,"
                + "\"exportable\":false,\"nbf\":1,\"recoverableDays\":90,"
                + "\"recoveryLevel\":\"Recoverable+Purgeable\",\"updated\":1800000000},"
                + "\"key\":{\"crv\":\"P-521\",\"key_ops\":[\"verify\"],\"kid\":")
        .endsWith("},\"tags\":{\"a name \":\"\u00e4\",\"z\":\"1\"}}");
  }

  @Test
  void answersASymmetricKeyWithoutItsMaterial() {
    String json = api.post("/keys/a/create?api-version=2026-04-01", "{\"kty\":\"oct\"}");
    FoundKey key = api.hsm.keys().get(KeyId.latest(new KeyName("a")));
    assertThat(json)
        .isEqualTo(
            "{"
                + KeysApi.ATTRIBUTES.replace(
                    "\"recoverableDays\"", "\"key_size\":256,\"recoverableDays\"")
                + ",\"key\":{\"key_ops\":[\"encrypt\",\"decrypt\",\"wrapKey\",\"unwrapKey\","
                + "\"sign\",\"verify\",\"deriveKey\"],\"kid\":\""
                + KeysApi.kid(key)
                + "\",\"kty\":\"oct-HSM\"}}");
  }

  @Test
  void answersTheReleasePolicyInItsOneForm() {
    String policy =
        "{ \"version\": \"1.0.0\", \"anyOf\": [ {\"authority\": \"https://a.example\","
            + " \"allOf\": [ {\"equals\": true, \"claim\": \"b\"} ] } ] }";
    String canonical =
        "{\"anyOf\":[{\"allOf\":[{\"claim\":\"b\",\"equals\":true}],"
            + "\"authority\":\"https://a.example\"}],\"version\":\"1.0.0\"}";
    String json =
        api.post(
            "/keys/a/create",
            "{\"kty\":\"EC\",\"attributes\":{\"exportable\":true},\"release_policy\":{\"data\":\""
                + encoded(policy)
                + "\"}}");
    assertThat(json)
        .contains("\"exportable\":true")
        .endsWith(
            ",\"release_policy\":{\"contentType\":\"application/json; charset=utf-8\",\"data\":\""
                + encoded(canonical)
                + "\"}}");
    String fixed = ",\"immutable\":true}";
    assertThat(
            api.patch(
                "/keys/a",
                "{\"release_policy\":{\"data\":\"" + encoded(policy) + "\"" + fixed + "}"))
        .endsWith(fixed + "}");
  }

  private static String encoded(String text) {
    return KeysApi.base64Url(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void keepsTheSpellingOfTheFirstVersion() {
    api.ec("My-Key");
    assertThat(api.post("/keys/MY-KEY/create", "{\"kty\":\"EC\"}"))
        .contains("\"kid\":\"" + KeysApi.BASE + "/keys/My-Key/");
    assertThat(api.hsm.keys().listVersions(new KeyName("my-key"), 0, 25).items()).hasSize(2);
  }

  @Test
  void refusesANameThatIsNone() {
    for (String name : List.of("a_b", "a.b", "%20", "a%2Fb", "%00", "a".repeat(128))) {
      Problem no = api.refusalOfPost("/keys/" + name + "/create", "{\"kty\":\"EC\"}");
      assertThat(no.code()).isEqualTo("Invalidkeyidentifier");
    }
  }
}
