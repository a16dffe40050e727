package localhsm.keys;

import java.util.Optional;
import localhsm.crypto.KeyMaterial;
import localhsm.crypto.KeyType;
import localhsm.crypto.Providers;
import localhsm.secret.SecretBytes;

/**
 * The material of a key version, decoded at its first use: a provider needs milliseconds to accept
 * an RSA key, and most work with keys never looks at it.
 */
public final class LazyMaterial {
  private final KeyType type;
  private final Optional<Encoded> encoded;
  private volatile Optional<KeyMaterial> decoded;

  private record Encoded(SecretBytes bytes, Providers providers) {}

  private LazyMaterial(KeyType type, Optional<Encoded> encoded, Optional<KeyMaterial> decoded) {
    this.type = type;
    this.encoded = encoded;
    this.decoded = decoded;
  }

  /** Material that is at hand. */
  public static LazyMaterial of(KeyMaterial material) {
    return new LazyMaterial(material.type(), Optional.empty(), Optional.of(material));
  }

  /**
   * Material as {@link KeyMaterial#encoded} wrote it.
   *
   * @param bytes owned from now on: cleared when they are no longer needed
   */
  public static LazyMaterial encoded(KeyType type, SecretBytes bytes, Providers providers) {
    return new LazyMaterial(type, Optional.of(new Encoded(bytes, providers)), Optional.empty());
  }

  /** The family, known without decoding. */
  public KeyType type() {
    return type;
  }

  /**
   * The material.
   *
   * @throws IllegalArgumentException when the bytes are no such key
   */
  public KeyMaterial get() {
    return decoded.orElseGet(this::decode);
  }

  /** The encoded material, made without decoding. The caller closes it. */
  public SecretBytes bytes() {
    Optional<KeyMaterial> known = decoded;
    return known.isPresent() ? known.get().encoded() : copy();
  }

  private synchronized SecretBytes copy() {
    return decoded.isPresent() ? decoded.get().encoded() : encoded.orElseThrow().bytes().copy();
  }

  private synchronized KeyMaterial decode() {
    if (decoded.isEmpty()) {
      Encoded source = encoded.orElseThrow();
      decoded = Optional.of(KeyMaterial.decode(type, source.bytes(), source.providers()));
      source.bytes().close();
    }
    return decoded.get();
  }

  /** Material at hand is equal when it is the same object; nothing is decoded to compare. */
  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof LazyMaterial that
            && decoded.isPresent()
            && decoded.equals(that.decoded));
  }

  @Override
  public int hashCode() {
    return type.hashCode();
  }

  @Override
  public String toString() {
    return "LazyMaterial[" + type + "]";
  }
}
