package localhsm.store;

import java.util.List;
import java.util.Map;
import localhsm.crypto.KeyMaterial;
import localhsm.crypto.KeyOperation;
import localhsm.crypto.KeyType;
import localhsm.crypto.Providers;
import localhsm.id.KeyVersion;
import localhsm.keys.KeyAttributes;
import localhsm.keys.KeyVersionRecord;
import localhsm.secret.SecretBytes;

/**
 * One version of a key as its row keeps it, with the material still encoded: a provider needs
 * milliseconds to accept an RSA key, so that is left to the first use.
 */
record StoredVersion(
    KeyVersion version,
    KeyType type,
    SecretBytes material,
    List<KeyOperation> operations,
    KeyAttributes attributes,
    Map<String, String> tags)
    implements AutoCloseable {

  static StoredVersion of(KeyVersionRecord key) {
    return new StoredVersion(
        key.version(),
        key.material().type(),
        key.material().encoded(),
        key.operations(),
        key.attributes(),
        key.tags());
  }

  KeyVersionRecord decoded(Providers providers) {
    return new KeyVersionRecord(
        version, KeyMaterial.decode(type, material, providers), operations, attributes, tags);
  }

  @Override
  public void close() {
    material.close();
  }
}
