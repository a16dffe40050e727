package localhsm.store;

import localhsm.id.KeyName;
import localhsm.id.KeyVersion;
import localhsm.secret.SecretBytes;

/** The bytes of a key's own row. */
final class KeyCodec implements RecordKind.Codec<StoredKey> {
  private static final int FORMAT = 1;

  @Override
  public SecretBytes encode(StoredKey key) {
    return CborCodec.write(
        FORMAT,
        out -> {
          out.text("name", key.name().value());
          out.number("sequence", key.sequence());
          out.texts("versions", key.versions().stream().map(KeyVersion::value).toList());
          return out;
        });
  }

  @Override
  public StoredKey decode(SecretBytes body) {
    return CborCodec.read(
        body,
        FORMAT,
        in ->
            new StoredKey(
                new KeyName(in.text("name")),
                in.number("sequence"),
                in.texts("versions").stream().map(KeyVersion::new).toList()));
  }
}
