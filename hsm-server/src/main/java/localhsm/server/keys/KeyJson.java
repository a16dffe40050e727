package localhsm.server.keys;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import localhsm.crypto.CipherAlgorithm;
import localhsm.crypto.EcMaterial;
import localhsm.crypto.KeyAlgorithm;
import localhsm.crypto.KeyMaterial;
import localhsm.crypto.KeyOperation;
import localhsm.crypto.RsaMaterial;
import localhsm.id.KeyId;
import localhsm.keys.FoundKey;
import localhsm.keys.KeyAttributes;
import localhsm.keys.KeyPage;
import localhsm.keys.KeyUse;
import localhsm.keys.KeyVersionRecord;
import localhsm.server.json.JsonWriter;

/** The JSON of keys, members in alphabetical order and absent when unset, as an HSM sends it. */
final class KeyJson {
  /** Retention of deleted keys in days, until it can be configured. */
  private static final int RECOVERABLE_DAYS = 90;

  private static final String RECOVERY_LEVEL = "Recoverable+Purgeable";

  private KeyJson() {}

  /** A key bundle; the private part stays where it is. */
  static byte[] bundle(String base, FoundKey key) {
    return JsonWriter.write(
        json -> {
          json.writeStartObject();
          attributes(json, key.version().attributes());
          json.writeObjectFieldStart("key");
          switch (key.version().material().type()) {
            case EC -> ec(json, base, key);
            case RSA -> rsa(json, base, key);
            case OCT -> oct(json, base, key);
          }
          json.writeEndObject();
          tags(json, key.version().tags());
          json.writeEndObject();
        });
  }

  /** A list of keys, whose ids have no version. */
  static byte[] list(String base, KeyPage<FoundKey> page, Optional<String> nextLink) {
    return items(page, nextLink, item -> url(base, KeyId.latest(item.name())));
  }

  /** A list of versions. */
  static byte[] versions(String base, KeyPage<FoundKey> page, Optional<String> nextLink) {
    return items(page, nextLink, item -> url(base, item.id()));
  }

  /** The result of a signature. */
  static byte[] signature(String base, KeyUse.Result<byte[]> result) {
    return JsonWriter.write(
        json -> {
          json.writeStartObject();
          json.writeStringField("kid", url(base, result.key()));
          json.writeStringField("value", base64Url(result.value()));
          json.writeEndObject();
        });
  }

  /**
   * The result of encrypting, decrypting, wrapping or unwrapping, which also names its algorithm.
   */
  static byte[] cipherResult(
      String base, KeyAlgorithm algorithm, KeyUse.Result<CipherAlgorithm.Output> result) {
    CipherAlgorithm.Output output = result.value();
    return JsonWriter.write(
        json -> {
          json.writeStartObject();
          bytes(json, "aad", output.aad());
          json.writeStringField("alg", algorithm.wireName());
          bytes(json, "iv", output.iv());
          json.writeStringField("kid", url(base, result.key()));
          bytes(json, "tag", output.tag());
          json.writeStringField("value", base64Url(output.value()));
          json.writeEndObject();
        });
  }

  /** The result of a verification. */
  static byte[] verdict(boolean valid) {
    return JsonWriter.write(
        json -> {
          json.writeStartObject();
          json.writeBooleanField("value", valid);
          json.writeEndObject();
        });
  }

  private interface ItemUrl {
    String of(FoundKey item);
  }

  private static byte[] items(KeyPage<FoundKey> page, Optional<String> nextLink, ItemUrl url) {
    return JsonWriter.write(
        json -> {
          json.writeStartObject();
          if (nextLink.isPresent()) {
            json.writeStringField("nextLink", nextLink.get());
          }
          json.writeArrayFieldStart("value");
          for (FoundKey item : page.items()) {
            json.writeStartObject();
            attributes(json, item.version().attributes());
            json.writeStringField("kid", url.of(item));
            tags(json, item.version().tags());
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private static void attributes(JsonGenerator json, KeyAttributes attributes) throws IOException {
    json.writeObjectFieldStart("attributes");
    json.writeNumberField("created", attributes.created().getEpochSecond());
    json.writeBooleanField("enabled", attributes.enabled());
    time(json, "exp", attributes.expires());
    json.writeBooleanField("exportable", attributes.exportable());
    time(json, "nbf", attributes.notBefore());
    json.writeNumberField("recoverableDays", RECOVERABLE_DAYS);
    json.writeStringField("recoveryLevel", RECOVERY_LEVEL);
    json.writeNumberField("updated", attributes.updated().getEpochSecond());
    json.writeEndObject();
  }

  private static void time(JsonGenerator json, String member, Optional<Instant> time)
      throws IOException {
    if (time.isPresent()) {
      json.writeNumberField(member, time.get().getEpochSecond());
    }
  }

  private static void bytes(JsonGenerator json, String member, Optional<byte[]> value)
      throws IOException {
    if (value.isPresent()) {
      json.writeStringField(member, base64Url(value.get()));
    }
  }

  private static void rsa(JsonGenerator json, String base, FoundKey key) throws IOException {
    RsaMaterial rsa = (RsaMaterial) key.version().material();
    json.writeStringField("e", base64Url(unsigned(rsa.publicExponent())));
    operations(json, key.version());
    json.writeStringField("kid", url(base, key.id()));
    type(json, rsa);
    json.writeStringField("n", base64Url(unsigned(rsa.modulus())));
  }

  private static void ec(JsonGenerator json, String base, FoundKey key) throws IOException {
    EcMaterial ec = (EcMaterial) key.version().material();
    json.writeStringField("crv", ec.curve().wireName());
    operations(json, key.version());
    json.writeStringField("kid", url(base, key.id()));
    type(json, ec);
    json.writeStringField("x", base64Url(ec.x()));
    json.writeStringField("y", base64Url(ec.y()));
  }

  /** Nothing of a symmetric key is public. */
  private static void oct(JsonGenerator json, String base, FoundKey key) throws IOException {
    operations(json, key.version());
    json.writeStringField("kid", url(base, key.id()));
    type(json, key.version().material());
  }

  private static void type(JsonGenerator json, KeyMaterial material) throws IOException {
    json.writeStringField("kty", material.type().wireName());
  }

  private static void operations(JsonGenerator json, KeyVersionRecord version) throws IOException {
    json.writeArrayFieldStart("key_ops");
    for (KeyOperation operation : version.operations()) {
      json.writeString(operation.wireName());
    }
    json.writeEndArray();
  }

  private static void tags(JsonGenerator json, Map<String, String> tags) throws IOException {
    if (!tags.isEmpty()) {
      json.writeObjectFieldStart("tags");
      for (Map.Entry<String, String> tag : new TreeMap<>(tags).entrySet()) {
        json.writeStringField(tag.getKey(), tag.getValue());
      }
      json.writeEndObject();
    }
  }

  private static String url(String base, KeyId id) {
    return base + "/keys/" + id.path();
  }

  private static String base64Url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Big-endian without a leading zero byte (RFC 7518 6.3.1). */
  private static byte[] unsigned(BigInteger value) {
    byte[] bytes = value.toByteArray();
    return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
  }
}
