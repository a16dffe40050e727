package localhsm.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import localhsm.crypto.Providers;
import localhsm.keys.KeyRecord;
import localhsm.keys.KeyVersionRecord;
import localhsm.secret.SecretBytes;

/** A whole key in one piece: its row and the rows of its versions, as they are stored. */
final class KeyArchiveCodec {
  private static final int FORMAT = 1;
  private static final KeyCodec KEY = new KeyCodec();
  private static final KeyVersionCodec VERSION = new KeyVersionCodec();

  private KeyArchiveCodec() {}

  static SecretBytes encode(KeyRecord key) {
    StoredKey row = StoredKey.of(key.withSequence(0).withDeletion(Optional.empty()));
    List<SecretBytes> parts = new ArrayList<>();
    try {
      parts.add(KEY.encode(row));
      key.versions().forEach(version -> parts.add(encoded(version)));
      return CborCodec.write(
          FORMAT,
          out -> {
            out.secrets("rows", parts);
            return out;
          });
    } finally {
      parts.forEach(SecretBytes::close);
    }
  }

  /** Reads what {@link #encode} wrote; fails with an IllegalArgumentException else. */
  static KeyRecord decode(SecretBytes archive, Providers providers) {
    List<SecretBytes> parts = CborCodec.read(archive, FORMAT, in -> in.secrets("rows"));
    try {
      if (parts.isEmpty()) {
        throw new IllegalArgumentException("an archive without a key");
      }
      StoredKey key = KEY.decode(parts.get(0));
      List<StoredVersion> versions =
          parts.subList(1, parts.size()).stream().map(VERSION::decode).toList();
      if (!versions.stream().map(StoredVersion::version).toList().equals(key.versions())) {
        throw new IllegalArgumentException("not the versions of the key");
      }
      return key.with(versions.stream().map(version -> version.asRecord(providers)).toList());
    } finally {
      parts.forEach(SecretBytes::close);
    }
  }

  private static SecretBytes encoded(KeyVersionRecord version) {
    try (StoredVersion stored = StoredVersion.of(version)) {
      return VERSION.encode(stored);
    }
  }
}
