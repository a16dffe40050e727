package localhsm.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import localhsm.crypto.KeyOperation;
import localhsm.crypto.KeyType;
import localhsm.id.KeyVersion;
import localhsm.keys.KeyAttributes;
import localhsm.release.ReleasePolicy;
import localhsm.release.ReleasePolicyCodec;
import localhsm.secret.SecretBytes;

/** The bytes of a key version's row. */
final class KeyVersionCodec implements RecordKind.Codec<StoredVersion> {
  private static final int FORMAT = 2;

  @Override
  public SecretBytes encode(StoredVersion key) {
    return CborCodec.write(
        FORMAT,
        out -> {
          out.text("version", key.version().value());
          out.text("type", key.type().wireName());
          out.secret("material", key.material());
          out.texts("operations", key.operations().stream().map(KeyOperation::wireName).toList());
          KeyAttributes attributes = key.attributes();
          out.flag("enabled", attributes.enabled());
          out.time("notBefore", attributes.notBefore());
          out.time("expires", attributes.expires());
          out.flag("exportable", attributes.exportable());
          out.time("created", Optional.of(attributes.created()));
          out.time("updated", Optional.of(attributes.updated()));
          out.texts("tags", flat(key.tags()));
          out.optionalText("releasePolicy", key.releasePolicy().map(ReleasePolicy::document));
          out.flag(
              "policyImmutable", key.releasePolicy().filter(ReleasePolicy::immutable).isPresent());
          return out;
        });
  }

  @Override
  public StoredVersion decode(SecretBytes body) {
    return CborCodec.read(
        body,
        FORMAT,
        in ->
            new StoredVersion(
                new KeyVersion(in.text("version")),
                known(KeyType.fromWire(in.text("type"))),
                in.secret("material"),
                operations(in.texts("operations")),
                attributes(in),
                paired(in.texts("tags")),
                releasePolicy(in)));
  }

  private static Optional<ReleasePolicy> releasePolicy(CborCodec.Reader in) throws IOException {
    Optional<String> document = in.optionalText("releasePolicy");
    boolean immutable = in.flag("policyImmutable");
    return document.map(text -> ReleasePolicyCodec.read(text, immutable));
  }

  private static KeyAttributes attributes(CborCodec.Reader in) throws IOException {
    return new KeyAttributes(
        in.flag("enabled"),
        in.time("notBefore"),
        in.time("expires"),
        in.flag("exportable"),
        known(in.time("created")),
        known(in.time("updated")));
  }

  private static List<KeyOperation> operations(List<String> names) {
    return names.stream().map(name -> known(KeyOperation.fromWire(name))).toList();
  }

  private static <T> T known(Optional<T> value) {
    return value.orElseThrow(() -> new IllegalArgumentException("unknown value"));
  }

  private static List<String> flat(Map<String, String> tags) {
    List<String> flat = new ArrayList<>();
    tags.forEach(
        (name, value) -> {
          flat.add(name);
          flat.add(value);
        });
    return flat;
  }

  private static Map<String, String> paired(List<String> flat) {
    if (flat.size() % 2 != 0) {
      throw new IllegalArgumentException("a tag without a value");
    }
    Map<String, String> tags = new HashMap<>();
    for (int i = 0; i < flat.size(); i += 2) {
      tags.put(flat.get(i), flat.get(i + 1));
    }
    return tags;
  }
}
