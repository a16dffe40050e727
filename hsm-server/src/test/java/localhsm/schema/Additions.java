package localhsm.schema;

import java.util.Map;
import java.util.Set;

/** Where answers differ from the schemas on purpose: the whole list, each with its reason. */
final class Additions {
  /** Members that no schema has, as {@code Definition.member}. */
  static final Map<String, String> MEMBERS =
      Map.of(
          "KeyOperationResult.alg",
          "the real service names the algorithm in every result, in recordings since 7.2");

  /** Values that no enum has, as {@code Definition=value}. */
  static final Map<String, String> VALUES =
      Map.of(
          "JsonWebKeyOperation=deriveKey",
          "among the default operations of a symmetric key in the real service's recordings");

  /** Members whose schema says no more than "text", and what they are. */
  static final Map<String, String> REFINED = Map.of("JsonWebKey.key_ops[]", "JsonWebKeyOperation");

  /** Members that no schema requires and the real service always sends. */
  static final Map<String, Set<String>> ALWAYS =
      Map.of(
          "KeyBundle", Set.of("attributes", "key"),
          "DeletedKeyBundle",
              Set.of("attributes", "deletedDate", "key", "recoveryId", "scheduledPurgeDate"),
          "KeyItem", Set.of("attributes", "kid"),
          "DeletedKeyItem",
              Set.of("attributes", "deletedDate", "kid", "recoveryId", "scheduledPurgeDate"),
          "KeyAttributes",
              Set.of("created", "enabled", "recoverableDays", "recoveryLevel", "updated"),
          "JsonWebKey", Set.of("key_ops", "kid", "kty"),
          "KeyOperationResult", Set.of("kid", "value"),
          "KeyVaultError", Set.of("error"),
          "Error", Set.of("code"));

  /** Members that the schemas have and the real service never sends: they would be secrets. */
  static final Map<String, Set<String>> NEVER =
      Map.of("JsonWebKey", Set.of("d", "dp", "dq", "k", "key_hsm", "p", "q", "qi", "t"));

  private Additions() {}
}
