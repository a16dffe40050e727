package localhsm.server.keys;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import localhsm.crypto.TransferMechanism;
import localhsm.id.KeyId;
import localhsm.id.KeyName;
import localhsm.id.KeyVersion;
import localhsm.problem.Problems;
import localhsm.server.json.JsonBody;

/**
 * The file that carries a key wrapped for this HSM ("bring your own key"), the whole of it as
 * base64url in the member {@code key_hsm}.
 *
 * @param kek the key exchange key, whatever name of this HSM its id begins with
 */
record TransferFileJson(KeyId kek, byte[] ciphertext) {
  static final String MEMBER = "key_hsm";

  private static final Pattern KID =
      Pattern.compile("(?i)https://[^/?#]+/keys/([^/?#]+)(?:/([^/?#]+))?/?");
  private static final String SCHEMA_VERSION = "1.0.0";

  static TransferFileJson read(JsonBody jwk) {
    JsonBody file = jwk.encodedObject(MEMBER);
    require(file, "schema_version", SCHEMA_VERSION);
    JsonBody header = file.requiredObject("header");
    require(header, "alg", "dir");
    require(header, "enc", TransferMechanism.CKM_RSA_AES_KEY_WRAP.wireName());
    return new TransferFileJson(kek(header.text("kid")), file.bytes("ciphertext"));
  }

  private static void require(JsonBody object, String member, String value) {
    if (!object.text(member).equals(value)) {
      throw Problems.badParameter(
          "Property " + member + " of a transferred key must be " + value + ".");
    }
  }

  private static KeyId kek(String kid) {
    Matcher parts = KID.matcher(kid);
    if (!parts.matches()) {
      throw Problems.badParameter("Property kid of a transferred key must be the id of a key.");
    }
    return new KeyId(
        new KeyName(parts.group(1)), Optional.ofNullable(parts.group(2)).map(KeyVersion::new));
  }
}
