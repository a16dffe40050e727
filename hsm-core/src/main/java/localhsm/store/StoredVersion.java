package localhsm.store;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import localhsm.crypto.KeyOperation;
import localhsm.crypto.KeyType;
import localhsm.crypto.Providers;
import localhsm.id.KeyVersion;
import localhsm.keys.KeyAttributes;
import localhsm.keys.KeyVersionRecord;
import localhsm.keys.LazyMaterial;
import localhsm.release.ReleasePolicy;
import localhsm.secret.SecretBytes;

/** One version of a key as its row keeps it, with the material still encoded. */
record StoredVersion(
    KeyVersion version,
    KeyType type,
    SecretBytes material,
    List<KeyOperation> operations,
    KeyAttributes attributes,
    Map<String, String> tags,
    Optional<ReleasePolicy> releasePolicy)
    implements AutoCloseable {

  static StoredVersion of(KeyVersionRecord key) {
    return new StoredVersion(
        key.version(),
        key.source().type(),
        key.source().bytes(),
        key.operations(),
        key.attributes(),
        key.tags(),
        key.releasePolicy());
  }

  /** The record, which takes the encoded material over. */
  KeyVersionRecord asRecord(Providers providers) {
    return new KeyVersionRecord(
        version,
        LazyMaterial.encoded(type, material, providers),
        operations,
        attributes,
        tags,
        releasePolicy);
  }

  @Override
  public void close() {
    material.close();
  }
}
