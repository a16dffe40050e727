package localhsm.server.keys;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import localhsm.crypto.KeyMaterial;
import localhsm.crypto.KeyOperation;
import localhsm.crypto.KeyType;
import localhsm.id.KeyId;
import localhsm.keys.Deletion;
import localhsm.keys.FoundKey;
import localhsm.keys.KeyAttributes;
import localhsm.keys.KeyVersionRecord;
import localhsm.keys.lifecycle.DeletedKey;
import localhsm.keys.lifecycle.SoftDelete;
import localhsm.server.json.JsonObject;
import localhsm.server.pipeline.Exchange;

/**
 * The JSON of keys as an HSM sends it. Ids begin with what the client called the HSM, and members
 * that the asked api-version does not know are absent.
 */
final class KeyJson {
  private final SoftDelete softDelete;

  /** Tells of each key how long it could be recovered. */
  KeyJson(SoftDelete softDelete) {
    this.softDelete = softDelete;
  }

  /** A key bundle; the private part stays where it is. */
  JsonObject bundle(Exchange exchange, FoundKey key) {
    return bundle(exchange, key, attributes(exchange, key.version()), jwk(exchange, key));
  }

  /** A key bundle with the attestation of the key. */
  JsonObject attested(Exchange exchange, FoundKey key, JsonObject attestation) {
    JsonObject attributes = attributes(exchange, key.version()).put("attestation", attestation);
    return bundle(exchange, key, attributes, jwk(exchange, key));
  }

  /**
   * A key bundle as it is released: with the private part, and the type of a key outside.
   *
   * @param keyHsm the wrapped private part
   */
  JsonObject released(Exchange exchange, FoundKey key, byte[] keyHsm) {
    JsonObject jwk =
        jwk(exchange, key)
            .putBytes("key_hsm", keyHsm)
            .put("kty", key.version().material().type().plainName());
    return bundle(exchange, key, attributes(exchange, key.version()), jwk);
  }

  /** The bundle of a deleted key. */
  JsonObject deleted(Exchange exchange, DeletedKey key) {
    return withDeletion(exchange, key, bundle(exchange, key.key()));
  }

  /**
   * An item of a list.
   *
   * @param id the id that is shown
   */
  JsonObject item(Exchange exchange, KeyId id, FoundKey key) {
    JsonObject item =
        new JsonObject()
            .put("attributes", attributes(exchange, key.version()))
            .put("kid", url(exchange, id));
    putTags(key.version().tags(), item);
    return item;
  }

  /** An item of the list of deleted keys. */
  JsonObject deletedItem(Exchange exchange, DeletedKey key) {
    KeyId id = KeyId.latest(key.key().name());
    return withDeletion(exchange, key, item(exchange, id, key.key()));
  }

  /** The URL of a key, with or without version. */
  static String url(Exchange exchange, KeyId id) {
    return exchange.site().base() + "/keys/" + id.path();
  }

  private JsonObject bundle(
      Exchange exchange, FoundKey key, JsonObject attributes, JsonObject jwk) {
    JsonObject bundle = new JsonObject().put("attributes", attributes).put("key", jwk);
    ReleasePolicyJson.put(exchange, key.version().releasePolicy(), bundle);
    putTags(key.version().tags(), bundle);
    return bundle;
  }

  private static JsonObject withDeletion(Exchange exchange, DeletedKey key, JsonObject json) {
    Deletion deletion = key.deletion();
    return json.put("deletedDate", deletion.deleted().getEpochSecond())
        .put("recoveryId", exchange.site().base() + "/deletedkeys/" + key.key().name())
        .put("scheduledPurgeDate", deletion.scheduledPurge().getEpochSecond());
  }

  private JsonObject attributes(Exchange exchange, KeyVersionRecord version) {
    KeyAttributes attributes = version.attributes();
    JsonObject json =
        new JsonObject()
            .put("created", attributes.created().getEpochSecond())
            .put("enabled", attributes.enabled())
            .put("recoveryLevel", softDelete.recoveryLevel())
            .put("updated", attributes.updated().getEpochSecond());
    putTime("exp", attributes.expires(), json);
    putTime("nbf", attributes.notBefore(), json);
    if (Feature.RECOVERABLE_DAYS.in(exchange)) {
      json.put("recoverableDays", softDelete.retentionDays());
    }
    if (Feature.RELEASE.in(exchange)) {
      json.put("exportable", attributes.exportable());
    }
    if (Feature.KEY_SIZE.in(exchange) && version.source().type() == KeyType.OCT) {
      json.put("key_size", version.material().bits());
    }
    return json;
  }

  private static JsonObject jwk(Exchange exchange, FoundKey key) {
    KeyMaterial material = key.version().material();
    JsonObject jwk =
        new JsonObject()
            .putTexts(
                "key_ops", key.version().operations().stream().map(KeyOperation::wireName).toList())
            .put("kid", url(exchange, key.id()))
            .put("kty", material.type().wireName());
    FamilyJson.of(material.type()).put(material, jwk);
    return jwk;
  }

  private static void putTime(String member, Optional<Instant> time, JsonObject json) {
    time.ifPresent(given -> json.put(member, given.getEpochSecond()));
  }

  private static void putTags(Map<String, String> tags, JsonObject json) {
    if (!tags.isEmpty()) {
      JsonObject object = new JsonObject();
      tags.forEach(object::put);
      json.put("tags", object);
    }
  }
}
