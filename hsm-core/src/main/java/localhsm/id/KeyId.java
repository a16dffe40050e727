package localhsm.id;

import java.util.Optional;

/** Addresses a key: one version of it, or the latest when no version is given. */
public record KeyId(KeyName name, Optional<KeyVersion> version) {

  /** The latest version of the named key. */
  public static KeyId latest(KeyName name) {
    return new KeyId(name, Optional.empty());
  }

  /** One version of the named key. */
  public static KeyId of(KeyName name, KeyVersion version) {
    return new KeyId(name, Optional.of(version));
  }

  /** {@code name} or {@code name/version}, as in a key's URL. */
  public String path() {
    return version.map(v -> name.value() + "/" + v.value()).orElse(name.value());
  }
}
